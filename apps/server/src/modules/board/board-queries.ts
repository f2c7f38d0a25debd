import type { Net, Tier } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** What is counted: a subtree, perhaps one net of it, perhaps one department's cases. */
export type BoardScope = {
  countyCode: string;
  gridCode: string;
  net: Net | undefined;
  unitCode: string | null;
  /** Length of the codes of the grids below, which a leader goes down to; 0 for none. */
  childLength: number;
};

type Group = { net: Net | null; tier: Tier | null; child: string | null; day: string | null };

export type PeriodSums = Group & {
  reported: number;
  closed: number;
  due: number;
  disposedOnTime: number;
  overdueExempt: number;
};
export type OpenSums = Group & { open: number };

const within = ({ countyCode, gridCode, net, unitCode }: BoardScope): RawBuilder<unknown> =>
  sql.join(
    [
      sql`t.county_code = ${countyCode}`,
      sql`t.grid_code >= ${gridCode} AND t.grid_code < ${`${gridCode}~`}`,
      ...(net === undefined ? [] : [sql`t.net = ${net}`]),
      ...(unitCode === null ? [] : [sql`t.tier = 'department' AND t.unit_code = ${unitCode}`]),
    ],
    sql` AND `,
  );

/**
 * The child that a line belongs to; '-' for the grid's own lines. Not NULL, which marks the group
 * of all lines.
 */
const child = ({ childLength }: BoardScope) =>
  sql`CASE WHEN length(t.grid_code) >= ${childLength} AND ${childLength}::int > 0
      THEN left(t.grid_code, ${childLength}) ELSE '-' END`;

/** Sums of a period: in all, by net, by child and by day, from one reading of the rollup. */
export const selectPeriodSums = async (
  trx: Trx,
  scope: BoardScope,
  from: string,
  to: string,
): Promise<PeriodSums[]> => {
  const { rows } = await sql<PeriodSums>`
    SELECT t.net, NULL AS tier, t.child, t.day::text AS day,
      coalesce(sum(t.reported), 0)::int AS reported, coalesce(sum(t.closed), 0)::int AS closed, coalesce(sum(t.due), 0)::int AS due,
      coalesce(sum(t.disposed_on_time), 0)::int AS "disposedOnTime",
      coalesce(sum(t.overdue_exempt), 0)::int AS "overdueExempt"
    FROM (SELECT t.*, ${child(scope)} AS child FROM case_tally t
          WHERE ${within(scope)} AND t.day BETWEEN ${from}::date AND ${to}::date) t
    GROUP BY GROUPING SETS ((), (t.net), (t.child), (t.day))`.execute(trx);
  return rows;
};

/** What is open now: in all, by net, by tier and by child. */
export const selectOpenSums = async (trx: Trx, scope: BoardScope): Promise<OpenSums[]> => {
  const { rows } = await sql<OpenSums>`
    SELECT t.net, t.tier, t.child, NULL AS day, coalesce(sum(t.opened), 0)::int AS open
    FROM (SELECT t.*, ${child(scope)} AS child FROM case_tally t
          WHERE ${within(scope)} AND t.opened <> 0) t
    GROUP BY GROUPING SETS ((), (t.net), (t.tier), (t.child))`.execute(trx);
  return rows;
};
