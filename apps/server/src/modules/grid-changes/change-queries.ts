import type { GridChangeState, GridOutline, GridTieMove } from "@onegrid/contract";
import { ENDED_STATES, type NoticeStanding } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type ReplacedGrid = { gridCode: string; version: number };
export type DrawnGrid = { gridCode: string | null; name: string; outline: GridOutline };

export type ChangeRow = {
  changeId: string;
  parentCode: string;
  parentVersion: number;
  parentName: string;
  state: GridChangeState;
  version: number;
  effectiveOn: string;
  note: string;
  replaces: ReplacedGrid[];
  grids: DrawnGrid[];
  moves: GridTieMove[];
  notice: (NoticeStanding & { noticeId: string }) | null;
  writtenBy: string;
  writtenByName: string;
  proposedBy: string | null;
  proposedByName: string | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  updatedAt: Date;
  inEffectAt: Date | null;
};

const columns = (grids: "whole" | "names") => sql`
  c.change_id AS "changeId", c.parent_code AS "parentCode", c.parent_version AS "parentVersion",
  p.name AS "parentName", c.state, c.version, c.effective_on AS "effectiveOn", c.note, c.replaces,
  ${
    grids === "whole"
      ? sql`c.grids`
      : sql`(SELECT jsonb_agg(jsonb_build_object('gridCode', g -> 'gridCode', 'name', g -> 'name')
          ORDER BY n) FROM jsonb_array_elements(c.grids) WITH ORDINALITY AS e(g, n))`
  } AS grids, c.moves,
  c.written_by AS "writtenBy", w.name AS "writtenByName",
  c.proposed_by AS "proposedBy", q.name AS "proposedByName",
  c.decided_by AS "decidedBy", d.name AS "decidedByName", c.decided_at AS "decidedAt",
  c.decision_note AS "decisionNote", c.updated_at AS "updatedAt", c.in_effect_at AS "inEffectAt",
  c.notice_id AS "noticeId", n.state AS "noticeState", n.term_ends_at AS "termEndsAt",
  (SELECT count(*) FILTER (WHERE o.state = 'open')::integer FROM objection o
    WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id) AS "openObjections",
  (SELECT count(*) FILTER (WHERE o.state = 'upheld')::integer FROM objection o
    WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id) AS "upheldObjections"`;

type ReadRow = Omit<ChangeRow, "notice"> & {
  noticeId: string | null;
  noticeState: NoticeStanding["state"] | null;
} & Omit<NoticeStanding, "state">;

const changeOfRow = (read: ReadRow): ChangeRow => {
  const { noticeId, noticeState, termEndsAt, openObjections, upheldObjections, ...change } = read;
  return {
    ...change,
    notice:
      noticeId === null || noticeState === null
        ? null
        : { noticeId, state: noticeState, termEndsAt, openObjections, upheldObjections },
  };
};

const JOINS = sql`
  FROM grid_change c
  JOIN grid p ON p.county_code = c.county_code AND p.grid_code = c.parent_code
    AND p.version = c.parent_version
  JOIN account w ON w.county_code = c.county_code AND w.account_id = c.written_by
  LEFT JOIN account q ON q.county_code = c.county_code AND q.account_id = c.proposed_by
  LEFT JOIN account d ON d.county_code = c.county_code AND d.account_id = c.decided_by
  LEFT JOIN notice n ON n.county_code = c.county_code AND n.notice_id = c.notice_id`;

/** One change in the transaction's scope; undefined when it is not in sight. */
export const selectChange = async (
  trx: Trx,
  countyCode: string,
  changeId: string,
): Promise<ChangeRow | undefined> => {
  const { rows } = await sql<ReadRow>`SELECT ${columns("whole")} ${JOINS}
    WHERE c.county_code = ${countyCode} AND c.change_id = ${changeId}::uuid`.execute(trx);
  return rows[0] && changeOfRow(rows[0]);
};

/** The same, locked until the transaction ends. */
export const selectChangeForUpdate = async (
  trx: Trx,
  countyCode: string,
  changeId: string,
): Promise<ChangeRow | undefined> => {
  await sql`SELECT FROM grid_change WHERE county_code = ${countyCode}
    AND change_id = ${changeId}::uuid FOR UPDATE`.execute(trx);
  return selectChange(trx, countyCode, changeId);
};

const LISTED = 200;

/** The newest changes in the transaction's scope, their grids by name alone. */
export const selectChanges = async (
  trx: Trx,
  countyCode: string,
  { parent, state }: { parent?: string | undefined; state?: GridChangeState | undefined },
): Promise<ChangeRow[]> => {
  const { rows } = await sql<ReadRow>`SELECT ${columns("names")} ${JOINS}
    WHERE c.county_code = ${countyCode}
      AND (${parent ?? null}::text IS NULL OR c.parent_code = ${parent ?? null})
      AND (${state ?? null}::text IS NULL OR c.state = ${state ?? null})
    ORDER BY c.updated_at DESC, c.change_id DESC LIMIT ${LISTED}`.execute(trx);
  return rows.map(changeOfRow);
};

/** Open cases by grid, of those in the transaction's scope. */
export const countOpenCases = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; open: number }>`
    SELECT grid_code, count(*)::integer AS open FROM cases
    WHERE county_code = ${countyCode} AND grid_code = ANY (${gridCodes as string[]}::text[])
      AND state NOT IN (${sql.join([...ENDED_STATES])})
    GROUP BY grid_code`.execute(trx);
  return new Map(rows.map((row) => [row.grid_code, row.open]));
};

/** Households of the estates by grid. */
export const countHouseholds = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  today: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; households: number }>`
    SELECT grid_code, coalesce(sum(households), 0)::integer AS households FROM estate
    WHERE county_code = ${countyCode} AND grid_code = ANY (${gridCodes as string[]}::text[])
      AND (valid_to IS NULL OR valid_to > ${today}::date)
    GROUP BY grid_code`.execute(trx);
  return new Map(rows.map((row) => [row.grid_code, row.households]));
};

/** Codes that grids under a parent have or once had. */
export const selectCodesEver = async (
  trx: Trx,
  countyCode: string,
  parentCode: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; version: number }>`
    SELECT grid_code, max(version) AS version FROM grid
    WHERE county_code = ${countyCode} AND parent_code = ${parentCode} GROUP BY grid_code`.execute(
    trx,
  );
  return new Map(rows.map((row) => [row.grid_code, row.version]));
};
