import { foldCase, type CaseEvent } from "@onegrid/domain";
import { sql } from "kysely";
import { inScope, type Db } from "../../platform/database.ts";
import { eventOfRow } from "./case-row.ts";
import { writeRow } from "./case-store.ts";
import { selectFoldsOf } from "./fold-queries.ts";

const BATCH = 500;

/**
 * Makes the rows that an upgrade listed again from their log; answers how many there were. Each
 * batch is a transaction with its entries of the list, so it goes on where it was cut off. `db`
 * connects as the owner: the list is nobody else's.
 */
export const refoldCases = async (db: Db): Promise<number> => {
  let done = 0;
  const { rows: counties } = await sql<{ countyCode: string }>`
    SELECT DISTINCT county_code AS "countyCode" FROM case_refold`.execute(db);
  for (const { countyCode } of counties) {
    const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
    for (;;) {
      const count = await inScope(db, scope, async (trx) => {
        const { rows } = await sql<{ caseId: string }>`
          DELETE FROM case_refold WHERE county_code = ${countyCode} AND case_id IN (
            SELECT case_id FROM case_refold WHERE county_code = ${countyCode} LIMIT ${BATCH})
          RETURNING case_id AS "caseId"`.execute(trx);
        const ids = rows.map(({ caseId }) => caseId);
        for (const { events } of await selectFoldsOf(trx, countyCode, ids)) {
          await writeRow(trx, countyCode, foldCase(events.map(eventOfRow) satisfies CaseEvent[]));
        }
        return ids.length;
      });
      done += count;
      if (count === 0) break;
    }
  }
  return done;
};
