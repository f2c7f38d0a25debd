import type { CaseListItem } from "@onegrid/contract";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CaseSearch } from "../../shared/case-search.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { CaseRow, rowId } from "./case-row.tsx";

const ROW_PX = 88;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 10;

export type CaseListProps = {
  cases: CaseListItem[];
  search: CaseSearch;
  openId: string | undefined;
  hoveredId: string | null;
  picked: ReadonlySet<string>;
  onPick: (caseId: string) => void;
  onHover: (caseId: string | null) => void;
  more: { wanted: boolean; loading: boolean; load: () => void };
};

/** Keys of the list: j/k or arrows move the focus row by row, x picks the row in focus. */
const useRowKeys = ({ cases, onPick }: CaseListProps, scrollTo: (index: number) => void) => {
  const focused = () => cases.findIndex((c) => rowId(c.caseId) === document.activeElement?.id);
  const last = useRef(-1);
  const move = (step: 1 | -1) => {
    const from = focused() === -1 ? last.current : focused();
    const to = Math.min(cases.length - 1, Math.max(0, from + step));
    const next = cases[to];
    if (!next) return;
    last.current = to;
    scrollTo(to);
    // A row outside the window is drawn in the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(`#${rowId(next.caseId)}`)?.focus(),
      ),
    );
  };
  useShortcuts({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    x: () => {
      const at = cases[focused()];
      if (at) onPick(at.caseId);
    },
  });
};

/** Cases in a window: only rows in sight are drawn, pages come as one scrolls. */
export const CaseList = (props: CaseListProps) => {
  const { t } = useTranslation();
  const { cases, search, openId, hoveredId, picked, onPick, onHover, more } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are used here alone
  const rows = useVirtualizer({
    count: cases.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => cases[index]?.caseId ?? index,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const { wanted, loading, load } = more;
  useEffect(() => {
    if (wanted && !loading && lastIndex >= cases.length - AHEAD) load();
  }, [wanted, loading, load, lastIndex, cases.length]);
  useRowKeys(props, (index) => rows.scrollToIndex(index));

  return (
    <div className="case-list" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }} aria-label={t("workbench>list")}>
        {items.map((row) => {
          const item = cases[row.index];
          return (
            item && (
              <li
                key={row.key}
                data-index={row.index}
                ref={rows.measureElement}
                aria-setsize={wanted ? -1 : cases.length}
                aria-posinset={row.index + 1}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <CaseRow
                  item={item}
                  search={search}
                  open={item.caseId === openId}
                  hovered={item.caseId === hoveredId}
                  picked={picked.has(item.caseId)}
                  onPick={onPick}
                  onHover={onHover}
                />
              </li>
            )
          );
        })}
      </ul>
      {wanted && (
        <Button block type="text" loading={loading} onClick={load}>
          {t("workbench>more")}
        </Button>
      )}
    </div>
  );
};
