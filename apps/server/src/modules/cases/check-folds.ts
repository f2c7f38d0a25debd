import { foldCase, type CaseEvent } from "@onegrid/domain";
import { inScope, type Db } from "../../platform/database.ts";
import { eventOfRow, rowOfCase } from "./case-row.ts";
import { selectFoldBatch, type StoredFold } from "./fold-queries.ts";

const BATCH = 1_000;

export type FoldProgress = (checked: number) => void;

/** A case whose row is not what its log says, with the columns that differ. */
export type FoldDifference = { caseId: string; columns: string[] };

/** As text to compare; jsonb keeps the members of an object in an order of its own. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const difference = ({ row, events }: StoredFold): FoldDifference | null => {
  let folded;
  try {
    folded = rowOfCase(foldCase(events.map(eventOfRow) satisfies CaseEvent[]));
  } catch {
    return { caseId: row.case_id, columns: ["log"] };
  }
  const columns = (Object.keys(folded) as (keyof typeof folded)[]).filter(
    (column) => plain(row[column]) !== plain(folded[column]),
  );
  return columns.length === 0 ? null : { caseId: row.case_id, columns };
};

/**
 * Rebuilds every case of a county from its log and compares it with its row: the log is the
 * truth, so each difference is a defect. Reads in batches; `onProgress` hears how many are done.
 */
export const checkFolds = async (
  db: Db,
  countyCode: string,
  onProgress: FoldProgress = () => {},
): Promise<FoldDifference[]> => {
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const differences: FoldDifference[] = [];
  let after: string | null = null;
  for (let checked = 0; ; onProgress(checked)) {
    const batch: StoredFold[] = await inScope(db, scope, (trx) =>
      selectFoldBatch(trx, countyCode, after, BATCH),
    );
    checked += batch.length;
    differences.push(...batch.flatMap((stored) => difference(stored) ?? []));
    after = batch.at(-1)?.row.case_id ?? null;
    if (batch.length < BATCH) {
      onProgress(checked);
      return differences;
    }
  }
};
