import type { CaseListItem } from "@onegrid/contract";
import { Link } from "@tanstack/react-router";
import type { CaseSearch } from "../../shared/case-search.ts";
import { EmergencyTag, LightMark, StateTag } from "../../shared/badges.tsx";

const MINE: CaseSearch = { mine: "true" };

/** One waiting case; opens it in the workbench among the others that wait. */
export const WaitingRow = ({
  item,
  search = MINE,
}: {
  item: CaseListItem;
  /** The list it stands in. */
  search?: CaseSearch;
}) => (
  <Link
    className="waiting-row"
    to="/cases/$caseId"
    params={{ caseId: item.caseId }}
    search={search}
    preload={false}
  >
    <span className="waiting-row-head">
      <strong>{item.categoryName}</strong>
      {item.emergency && <EmergencyTag />}
      <StateTag state={item.state} />
    </span>
    <LightMark of={item} />
    <span className="waiting-row-words">
      {item.gridName} · {item.description}
    </span>
  </Link>
);
