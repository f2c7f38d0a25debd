import type { CaseAccepted } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { countyQuery, gridQuery } from "../../platform/queries.ts";
import { StateTag } from "../../shared/badges.tsx";

type Props = { accepted: z.infer<typeof CaseAccepted>; onAgain: () => void };

/** What became of the report, to be read out on the phone. */
export const ReportDone = ({ accepted, onAgain }: Props) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { data: grid } = useQuery(gridQuery(accepted.gridCode));
  return (
    <section className="report-done" aria-live="polite">
      <h2>{t("report>done", { number: accepted.number })}</h2>
      <p>
        <StateTag state={accepted.state} /> {grid?.path.join(" › ") || grid?.name}
      </p>
      {accepted.dueAt !== null && county && (
        <p>{t("report>dueBy", { at: instantWords(accepted.dueAt, county.timeZone) })}</p>
      )}
      {accepted.receiptCode !== undefined && (
        <p>
          {t("report>receipt")} <strong className="receipt-code">{accepted.receiptCode}</strong>
          <br />
          <small>{t("report>receiptHint")}</small>
        </p>
      )}
      <p className="report-done-ways">
        <Button type="primary" onClick={onAgain}>
          {t("report>again")}
        </Button>
        <Link to="/cases/$caseId" params={{ caseId: accepted.caseId }} search={{}}>
          {t("report>see")}
        </Link>
      </p>
    </section>
  );
};
