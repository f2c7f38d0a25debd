import type { View } from "../view.ts";

/** Search by the name of an estate or a grid, an address, or pinyin. */
export const WhoForm = ({ q, view: { t } }: { q: string; view: View }) => (
  <form className="inline" method="get" action="/who">
    <label htmlFor="who-q">{t("portal>who>label")}</label>
    <input id="who-q" name="q" defaultValue={q} maxLength={60} autoComplete="off" required />
    <button className="button">{t("portal>who>button")}</button>
  </form>
);
