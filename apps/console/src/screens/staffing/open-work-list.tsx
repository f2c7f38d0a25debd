import type { OpenWork } from "@onegrid/contract";
import { useTranslation } from "react-i18next";

/** Open cases of a post that becomes vacant, to be handed over. */
export const OpenWorkList = ({ work }: { work: OpenWork[] }) => {
  const { t } = useTranslation();
  if (work.length === 0) return <p>{t("staffing>nothingToHandOver")}</p>;
  return (
    <ul>
      {work.map(({ caseId, number }) => (
        <li key={caseId}>
          <a href={`/console/cases/${caseId}`} target="_blank" rel="noreferrer">
            {number}
          </a>
        </li>
      ))}
    </ul>
  );
};
