import type { NearbyCase, PortalReportForm } from "@onegrid/contract";
import { NetMark, StateBadge, When } from "../parts/case-list.tsx";
import { Emergency } from "../parts/emergency.tsx";
import type { View } from "../view.ts";

/** The whole form, unseen: sent on as it is, or shown again to be changed. */
const CarriedForm = ({ form }: { form: PortalReportForm }) => (
  <>
    {Object.entries(form).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => (
        <input key={`${name} ${each}`} type="hidden" name={name} value={each} />
      )),
    )}
  </>
);

const Known = (props: { item: NearbyCase; form: PortalReportForm; view: View }) => {
  const { item, form, view } = props;
  const { t } = view;
  const heading = `nearby-${item.caseId}`;
  return (
    <li>
      <p className="what">
        <strong id={heading}>{item.categoryName}</strong>
        <StateBadge state={item.state} view={view} />
      </p>
      <p className="where">
        {item.gridName} · {t("portal>nearby>away", { m: Math.max(1, item.distanceM) })}
      </p>
      <p className="facts">
        <NetMark net={item.net} view={view} />
        <span>
          {t("portal>reportedWhen")} <When at={item.reportedAt} view={view} />
        </span>
        {item.followers > 0 && <span>{t("portal>nearby>others", { n: item.followers })}</span>}
        <span className="number">{item.number}</span>
      </p>
      <form method="post" action="/report/join">
        <input type="hidden" name="joinCaseId" value={item.caseId} />
        <input type="hidden" name="caseId" value={form.caseId} />
        <input type="hidden" name="seal" value={form.seal} />
        <button className="button" aria-describedby={heading}>
          {t("portal>nearby>same")}
        </button>
      </form>
    </li>
  );
};

/** Before a report goes out: who is in danger calls, and what is known already is followed. */
export const NearbyPage = (props: {
  form: PortalReportForm;
  urgent: boolean;
  cases: NearbyCase[];
  withinM: number;
  view: View;
}) => {
  const { form, urgent, cases, withinM, view } = props;
  const { t } = view;
  const others = cases.length > 0;
  return (
    <div className="narrow nearby">
      <h1>{t(urgent ? "portal>nearby>urgentHeading" : "portal>nearby>heading")}</h1>
      {urgent && <Emergency view={view} loud />}
      {others && (
        <section aria-labelledby="nearby-heading">
          {urgent ? (
            <h2 id="nearby-heading">{t("portal>nearby>heading")}</h2>
          ) : (
            <h2 id="nearby-heading" className="quiet-heading">
              {t("portal>nearby>within", { m: withinM })}
            </h2>
          )}
          <p className="hint">{t("portal>nearby>lead")}</p>
          <ul className="cases">
            {cases.map((item) => (
              <Known key={item.caseId} item={item} form={form} view={view} />
            ))}
          </ul>
        </section>
      )}
      <form id="report-on" method="post" action="/report" encType="multipart/form-data">
        <CarriedForm form={form} />
        <p className="send">
          <button className="button primary">
            {t(others ? "portal>nearby>another" : "portal>nearby>sendUrgent")}
          </button>
        </p>
      </form>
      <p className="hint">{t("portal>nearby>notSentYet")}</p>
    </div>
  );
};
