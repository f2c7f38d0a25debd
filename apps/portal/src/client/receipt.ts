import { button, element } from "./element.ts";
import { pageWords } from "./page-words.ts";

/** Copy and print, which need a script; the code itself can be read and printed without. */
export const enhanceReceipt = (): void => {
  const { t } = pageWords();
  const code = document.querySelector<HTMLElement>("[data-copy]");
  if (code === null) return;
  const text = code.dataset["copy"] ?? "";
  const copy = button(t("portal>receipt>copy"), async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = t("portal>receipt>copied");
  });
  const tools = element("p", { class: "actions screen-only" });
  // Without a secure connection the browser offers no clipboard.
  if (navigator.clipboard) tools.append(copy);
  tools.append(button(t("portal>receipt>print"), () => window.print()));
  code.after(tools);
};
