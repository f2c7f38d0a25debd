import type { CaseListItem } from "@onegrid/contract";
import { Link } from "@tanstack/react-router";
import { EmergencyTag, LightMark, StateTag } from "../../shared/badges.tsx";

/** One waiting case; opens it in the workbench among the others that wait. */
export const WaitingRow = ({ item }: { item: CaseListItem }) => (
  <Link
    className="waiting-row"
    to="/cases/$caseId"
    params={{ caseId: item.caseId }}
    search={{ mine: "true" }}
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
