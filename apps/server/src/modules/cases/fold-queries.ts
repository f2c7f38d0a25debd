import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { caseColumns, type CaseRow, type EventRow } from "./case-row.ts";

/** A case's row beside its whole log. The tile key is compared too: it follows from the place. */
export type StoredFold = { row: CaseRow & { tile_key: number | null }; events: EventRow[] };

type Joined = CaseRow & {
  tile_key: string | null;
  seq: number | null;
  kind: string;
  occurred_at: Date;
  actor_role: string;
  actor_account_id: string | null;
  data: EventRow["data"];
};

const EVENT_COLUMNS = [
  "seq",
  "kind",
  "occurred_at",
  "actor_role",
  "actor_account_id",
  "data",
] as const;

const selectFolds = async (
  trx: Trx,
  countyCode: string,
  which: RawBuilder<unknown>,
): Promise<StoredFold[]> => {
  const { rows } = await sql<Joined>`
    SELECT c.*, ${sql.join(EVENT_COLUMNS.map((column) => sql.ref(`e.${column}`)))}
    FROM (SELECT ${caseColumns("c")}, c.tile_key FROM cases c
          WHERE c.county_code = ${countyCode} AND ${which}) c
    LEFT JOIN case_event e ON e.county_code = ${countyCode} AND e.case_id = c.case_id
    ORDER BY c.case_id, e.seq`.execute(trx);
  const byCase = Map.groupBy(rows, (row) => row.case_id);
  return [...byCase.values()].map((joined) => {
    const first = joined[0] as Joined;
    return {
      row: { ...first, tile_key: first.tile_key === null ? null : Number(first.tile_key) },
      events: joined.flatMap((line) => (line.seq === null ? [] : { ...line, seq: line.seq })),
    };
  });
};

/** Cases in order of id after `after`, each with its log; one statement, so one snapshot. */
export const selectFoldBatch = (
  trx: Trx,
  countyCode: string,
  after: string | null,
  limit: number,
): Promise<StoredFold[]> =>
  selectFolds(
    trx,
    countyCode,
    sql`(${after}::uuid IS NULL OR c.case_id > ${after}::uuid) ORDER BY c.case_id LIMIT ${limit}`,
  );

/** These cases, each with its log. */
export const selectFoldsOf = (
  trx: Trx,
  countyCode: string,
  caseIds: readonly string[],
): Promise<StoredFold[]> =>
  selectFolds(trx, countyCode, sql`c.case_id = ANY(${caseIds}::uuid[]) FOR UPDATE`);
