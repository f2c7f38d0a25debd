import type { dryRunDispatch, EndpointAnswer } from "@onegrid/contract";
import { useTranslation } from "react-i18next";

/** Who would get the case by which rule, and what became of each rule that was asked. */
export const DryRunAnswer = ({ answer }: { answer: EndpointAnswer<typeof dryRunDispatch> }) => {
  const { t } = useTranslation();
  return (
    <output className="dry-run-answer block">
      <p>
        {t("dispatching>goesTo", { place: answer.gridName, holder: answer.target.holderName })}
        <strong>{answer.takenBy ?? t("dispatching>byAuthorityList")}</strong>
      </p>
      <ol>
        {answer.verdicts.map(({ ruleId, name, verdict, unmet, faults }) => (
          <li key={ruleId} className={`verdict-${verdict}`}>
            {name} — {t(`dispatching>verdict_${verdict}`)}
            {unmet.length > 0 &&
              `：${unmet.map((condition) => t(`dispatching>if_${condition}`)).join("、")}`}
            {faults.length > 0 &&
              `：${faults.map(({ code, found }) => t(`dispatching>fault_${code}`, { found })).join("、")}`}
          </li>
        ))}
      </ol>
    </output>
  );
};
