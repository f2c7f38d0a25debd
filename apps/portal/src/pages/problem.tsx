import type { PortalPage } from "@onegrid/contract";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "problem" }> & { view: View };

/** What went wrong in plain words, what to do, and the number to quote. */
export const ProblemPage = ({ status, code, params, requestId, view: { t, county } }: Props) => (
  <div className="narrow">
    <h1>
      {t([`portal>problem>${code}`, `problem>${code}`, "problem>unknown"], { code, ...params })}
    </h1>
    <p>{t(status >= 500 ? "portal>problem>later" : "portal>problem>startAgain")}</p>
    {county.hotline && (
      <p>
        {t("portal>home>orCall")}{" "}
        <a className="phone" href={`tel:${county.hotline}`}>
          {county.hotline}
        </a>
      </p>
    )}
    <p className="actions">
      <a className="button primary" href="/">
        {t("portal>receipt>home")}
      </a>
    </p>
    {status >= 500 && <p className="hint">{t("portal>problem>quote", { requestId })}</p>}
  </div>
);
