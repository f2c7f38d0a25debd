import type { CaseListItem } from "@onegrid/contract";
import { useCallback, useMemo, useState } from "react";

/** Commands of one request; the server takes no more at once. */
export const PICKED_AT_MOST = 100;

/** Rows picked for a bulk action. A row that leaves the list (a filter, another's work) is no longer picked. */
export const usePicked = (cases: readonly CaseListItem[]) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = useMemo(
    () => new Set(cases.filter((c) => chosen.has(c.caseId)).map((c) => c.caseId)),
    [cases, chosen],
  );
  const toggle = useCallback((caseId: string) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(caseId) && next.size < PICKED_AT_MOST) next.add(caseId);
      return next;
    });
  }, []);
  const setAll = useCallback(
    () => setChosen(new Set(cases.slice(0, PICKED_AT_MOST).map((c) => c.caseId))),
    [cases],
  );
  const reset = useCallback(() => setChosen(new Set()), []);
  return { picked, toggle, setAll, reset };
};
