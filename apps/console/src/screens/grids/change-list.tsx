import type { GridChangeSummary } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useTranslation } from "react-i18next";
import { gridChangesQuery } from "../../platform/grid-change-queries.ts";

/** Changes of the own grids, newest first; those that wait for somebody come with a mark. */
export const ChangeList = ({ onOpen }: { onOpen: (change: GridChangeSummary) => void }) => {
  const { t } = useTranslation();
  const { data: changes } = useQuery(gridChangesQuery({}));
  if (changes?.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("grids>noChanges")} />;
  }
  return (
    <ul className="grid-changes">
      {changes?.map((change) => (
        <li key={change.changeId}>
          <button type="button" className="link-button" onClick={() => onOpen(change)}>
            {change.parentName}：{change.gridNames.join("、")}
          </button>
          <span className={`grid-state grid-state-${change.state}`}>
            {t(`gridChangeState>${change.state}`)}
          </span>
          <small>
            {change.effectiveOn} · {change.writtenBy.name} · {change.note}
          </small>
        </li>
      ))}
    </ul>
  );
};
