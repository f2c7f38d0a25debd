import type { View } from "../view.ts";

const NUMBERS = ["110", "119", "120"] as const;

/** Danger to life, fire, gas, collapse: this form is the wrong way, and says so first. */
export const Emergency = ({ view: { t }, loud = false }: { view: View; loud?: boolean }) => (
  <aside className={loud ? "emergency loud" : "emergency"} aria-label={t("portal>emergency>label")}>
    <p>{t("portal>emergency>call")}</p>
    <p className="numbers">
      {NUMBERS.map((number) => (
        <a key={number} href={`tel:${number}`}>
          {number}
          <span>{t(`portal>emergency>${number}`)}</span>
        </a>
      ))}
    </p>
  </aside>
);
