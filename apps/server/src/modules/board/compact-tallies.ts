import { sql } from "kysely";
import { inScope, type Db } from "../../platform/database.ts";

const KEYS = sql.raw("day, grid_code, category_code, net, tier, unit_code");
const SUMS = sql.raw(
  ["reported", "opened", "due", "disposed", "disposed_on_time", "closed", "overdue_exempt"]
    .map((measure) => `sum(${measure}) AS ${measure}`)
    .join(", "),
);

/**
 * Replaces the rollup's lines of equal keys by their sum, one day at a time, and drops what comes
 * to nothing. Each day is one statement: a reader sees the lines before it or after it, and their
 * sum is the same. Answers how many lines went.
 */
export const compactTallies = async (db: Db, countyCode: string): Promise<number> => {
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const { rows: days } = await inScope(db, scope, (trx) =>
    sql<{ day: string }>`
      SELECT day::text AS day FROM (
        SELECT day FROM case_tally WHERE county_code = ${countyCode}
        GROUP BY ${KEYS} HAVING count(*) > 1) d
      GROUP BY day ORDER BY day`.execute(trx),
  );
  let gone = 0;
  for (const { day } of days) {
    const { rows } = await inScope(db, scope, (trx) =>
      sql<{ gone: number }>`
        WITH old AS (
          DELETE FROM case_tally WHERE county_code = ${countyCode} AND day = ${day}::date
          RETURNING *
        ), merged AS (
          SELECT ${KEYS}, ${SUMS} FROM old GROUP BY ${KEYS}
        ), kept AS (
          INSERT INTO case_tally (county_code, ${KEYS}, reported, opened, due, disposed,
            disposed_on_time, closed, overdue_exempt)
          SELECT ${countyCode}, m.* FROM merged m
          WHERE (reported, opened, due, disposed, disposed_on_time, closed, overdue_exempt)
            IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0)
          RETURNING 1
        )
        SELECT (SELECT count(*) FROM old)::int - (SELECT count(*) FROM kept)::int AS gone`.execute(
        trx,
      ),
    );
    gone += rows[0]?.gone ?? 0;
  }
  return gone;
};
