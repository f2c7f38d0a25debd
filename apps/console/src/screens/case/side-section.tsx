import type { CaseDetail } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { caseQuery, departmentsQuery } from "../../platform/queries.ts";
import { sideLines } from "./side-lines.ts";

const OtherCase = ({ caseId, words }: { caseId: string; words: string }) => {
  const search = useSearch({ from: "/signed-in/cases" });
  const { data } = useQuery(caseQuery(caseId));
  return (
    <li>
      <strong>{words}</strong>
      <Link to="/cases/$caseId" params={{ caseId }} search={search}>
        {data === undefined ? caseId : `${data.number} · ${data.categoryName}`}
      </Link>
    </li>
  );
};

/** What goes on beside the main line: what is asked, by whom it waits, until when. */
export const SideSection = ({ shown, timeZone }: { shown: CaseDetail; timeZone: string }) => {
  const { t } = useTranslation();
  const { data: departments } = useQuery(departmentsQuery);
  const unit = (code: string) =>
    departments?.find((d) => d.unitCode === code)?.name ??
    (code === shown.holderCode && shown.holderName !== null
      ? shown.holderName
      : // Nobody knows units by their codes: nothing until the names are there.
        departments === undefined
        ? "…"
        : code);
  const lines = sideLines(shown, { t, timeZone, unit });
  const { mergedInto, absorbed } = shown.side;
  if (lines.length === 0 && mergedInto === null && absorbed.length === 0) return null;
  return (
    <section aria-labelledby="beside">
      <h3 id="beside">{t("side>title")}</h3>
      <ul className="side-lines">
        {mergedInto !== null && <OtherCase caseId={mergedInto} words={t("side>mergedInto")} />}
        {lines.map((line) => (
          <li key={line.key} className={line.waits ? "side-waits" : undefined}>
            <strong>{line.title}</strong>
            <span className="badge">{line.state}</span>
            {line.facts.map((fact) => (
              <small key={fact}>{fact}</small>
            ))}
          </li>
        ))}
        {absorbed.map((caseId) => (
          <OtherCase key={caseId} caseId={caseId} words={t("side>absorbed")} />
        ))}
      </ul>
    </section>
  );
};
