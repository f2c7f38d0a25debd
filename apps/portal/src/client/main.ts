import "@onegrid/ui/tokens.css";
import "../styles/base.css";
import "../styles/forms.css";
import "../styles/pages.css";
import "../styles/map.css";
import "../styles/notices.css";
import "../styles/feedback.css";

/*
 * Everything works without this. Each page loads only what it adds: the small script on every
 * page decides, the form's and the maps' parts come apart.
 */
document.documentElement.classList.add("scripts");

const enhance = async (): Promise<void> => {
  // A screen reader hears the summary at once, and the keyboard stands in front of it.
  document.querySelector<HTMLElement>("#errors")?.focus();
  switch (document.body.dataset["page"]) {
    case "report":
      return (await import("./report/index.ts")).enhanceReport();
    case "receipt":
      return (await import("./receipt.ts")).enhanceReceipt();
    case "cases":
      return (await import("./cases-map.ts")).enhanceCases();
    case "grids":
    case "grid":
      return (await import("./grids-map.ts")).enhanceGrids();
    default:
  }
};

void enhance();
