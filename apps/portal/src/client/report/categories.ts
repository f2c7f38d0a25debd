import type { TFunction } from "i18next";
import { button, element } from "../element.ts";

/** More would be a second list to read; whoever sees this many types another letter. */
const MOST_SHOWN = 8;

const normal = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");

/** Options whose name or words hold what was typed: names first. */
export const matching = <O extends { name: string; words: string }>(
  options: readonly O[],
  typed: string,
): O[] => {
  const wanted = normal(typed);
  if (wanted === "") return [];
  const inName = options.filter(({ name }) => normal(name).includes(wanted));
  const inWords = options.filter(
    ({ name, words }) =>
      !normal(name).includes(wanted) &&
      words.split(" ").some((word) => normal(word).includes(wanted)),
  );
  return [...inName, ...inWords];
};

/** A search field above the list; pressing a hit chooses it in the list, which stays the truth. */
export const enhanceCategories = (form: HTMLFormElement, t: TFunction): void => {
  const select = form.querySelector<HTMLSelectElement>("#categoryCode");
  if (select === null) return;
  const options = [...select.options]
    .filter((option) => option.value !== "")
    .map((option) => ({
      name: option.text,
      words: option.dataset["words"] ?? "",
      code: option.value,
      emergency: "emergency" in option.dataset,
    }));
  const search = element("input", {
    type: "search",
    id: "category-search",
    autocomplete: "off",
    "aria-label": t("portal>report>search"),
    placeholder: t("portal>report>search"),
  });
  const found = element("ul", { class: "found" });
  const count = element("p", { class: "found-count", role: "status" });
  select.before(search, found, count);

  const choose = (code: string) => {
    select.value = code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    search.value = "";
    found.replaceChildren();
    count.textContent = "";
    select.focus();
  };
  search.addEventListener("input", () => {
    const hits = matching(options, search.value);
    found.replaceChildren(
      ...hits.slice(0, MOST_SHOWN).map((hit) =>
        element(
          "li",
          {},
          button(hit.name, () => choose(hit.code)),
        ),
      ),
    );
    if (search.value.trim() === "") count.textContent = "";
    else
      count.textContent =
        hits.length > 0
          ? t("portal>report>found", { n: hits.length })
          : t("portal>report>foundNone");
  });
  // Enter in a search field would send the whole form.
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    found.querySelector("button")?.focus();
  });

  // Danger to life: the notice that stands at the top comes loud to where the choice was made.
  const notice = document.querySelector(".emergency");
  select.addEventListener("change", () => {
    const chosen = options.find(({ code }) => code === select.value);
    form.querySelector(".emergency")?.remove();
    if (!chosen?.emergency || notice === null) return;
    const loud = notice.cloneNode(true) as HTMLElement;
    loud.classList.add("loud");
    loud.setAttribute("role", "alert");
    select.after(loud);
  });
};
