import type { PublicCase } from "@onegrid/contract";
import { CaseList } from "../parts/case-list.tsx";
import type { View } from "../view.ts";

/** What a resident comes for: report, track, who is responsible; then what became of others' reports. */
export const HomePage = ({ recent, view }: { recent: PublicCase[]; view: View }) => {
  const { t, county } = view;
  return (
    <>
      <section className="hero">
        <h1>{t("portal>home>heading", { county: county.name })}</h1>
        <p>{t("portal>home>lead")}</p>
        <p className="actions">
          <a className="button primary" href="/report">
            {t("portal>home>report")}
          </a>
          <a className="button" href="/grids">
            {t("portal>home>who")}
          </a>
        </p>
        {county.hotline && (
          <p>
            {t("portal>home>orCall")}{" "}
            <a className="phone" href={`tel:${county.hotline}`}>
              {county.hotline}
            </a>
          </p>
        )}
      </section>
      <section className="card" aria-labelledby="track-heading">
        <h2 id="track-heading">{t("portal>home>track")}</h2>
        <form className="inline" method="post" action="/track">
          <label htmlFor="receiptCode">{t("portal>track>label")}</label>
          <input
            id="receiptCode"
            name="receiptCode"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            required
          />
          <button className="button">{t("portal>track>button")}</button>
        </form>
      </section>
      <section aria-labelledby="recent-heading">
        <h2 id="recent-heading">{t("portal>home>recent")}</h2>
        {recent.length === 0 ? (
          <p className="empty">{t("portal>cases>empty")}</p>
        ) : (
          <>
            <CaseList cases={recent} view={view} />
            <p>
              <a className="button" href="/cases">
                {t("portal>home>allCases")}
              </a>
            </p>
          </>
        )}
      </section>
    </>
  );
};
