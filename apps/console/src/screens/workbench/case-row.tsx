import type { CaseListItem } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmergencyTag, LightMark, NetTag, StateTag } from "../../shared/badges.tsx";
import type { CaseSearch } from "../../shared/case-search.ts";
import { useNow } from "../../shared/use-now.ts";

export const rowId = (caseId: string): string => `case-row-${caseId}`;

type Props = {
  item: CaseListItem;
  search: CaseSearch;
  open: boolean;
  picked: boolean;
  hovered: boolean;
  onPick: (caseId: string) => void;
  onHover: (caseId: string | null) => void;
};

/** One case of a list: what, where, whose turn, how long. */
export const CaseRow = ({ item, search, open, picked, hovered, onPick, onHover }: Props) => {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <div
      className={`case-row${open ? " case-row-open" : ""}${hovered ? " case-row-hovered" : ""}`}
      onMouseEnter={() => onHover(item.caseId)}
      onMouseLeave={() => onHover(null)}
    >
      <input
        type="checkbox"
        checked={picked}
        aria-label={t("bulk>pick", { number: item.number })}
        onChange={() => onPick(item.caseId)}
      />
      <Link
        id={rowId(item.caseId)}
        to="/cases/$caseId"
        params={{ caseId: item.caseId }}
        search={search}
        preload={false}
        aria-current={open ? "true" : undefined}
        onFocus={() => onHover(item.caseId)}
      >
        <span className="case-row-line">
          <strong>{item.categoryName}</strong>
          {item.emergency && <EmergencyTag />}
          <LightMark of={item} />
        </span>
        <span className="case-row-line">
          <span className="case-row-words">{item.description}</span>
          <span className="case-row-number">{item.number}</span>
        </span>
        <span className="case-row-line case-row-facts">
          <StateTag state={item.state} />
          <span className="case-row-place">{item.gridName}</span>
          {item.holderName !== null && item.holderName !== item.gridName && (
            <span className="case-row-place">→ {item.holderName}</span>
          )}
          <NetTag net={item.net} />
          <span className="case-row-ago">{agoWords(t, item.reportedAt, now)}</span>
        </span>
      </Link>
    </div>
  );
};
