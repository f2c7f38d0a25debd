import type { FormerPost, Net } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { sql, type RawBuilder } from "kysely";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { escapeLike } from "../../platform/name-search.ts";
import { badCursor } from "./problems.ts";

const PAGE = 50;

export type FormerPostQuery = {
  grid?: string | undefined;
  net?: Net | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Who served in the old networks in the own grids, by code. Throws `reassignment.bad_cursor`. */
export const listFormerPosts = async (
  ctx: Ctx,
  { grid: asked, net, q, cursor, limit = PAGE }: FormerPostQuery,
): Promise<{ formerPosts: FormerPost[]; nextCursor: string | null }> => {
  const { scopeCode } = ctx.actor;
  // Asking for another's grid answers the own: the scope is never left.
  const grid = asked !== undefined && isWithin(asked, scopeCode) ? asked : scopeCode;
  const conditions: RawBuilder<unknown>[] = [
    sql`f.county_code = ${ctx.county.countyCode} AND starts_with(f.grid_code, ${grid})`,
  ];
  if (net !== undefined) conditions.push(sql`f.net = ${net}`);
  if (q !== undefined && q !== "") {
    const like = `%${escapeLike(q)}%`;
    conditions.push(sql`(f.person_name ILIKE ${like} OR f.role ILIKE ${like})`);
  }
  if (cursor !== undefined) {
    conditions.push(sql`f.code > ${readCodeCursor(cursor, badCursor())}`);
  }
  const { rows } = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    sql<FormerPost>`
      SELECT f.code, f.person_name AS "personName", f.net, f.role, f.grid_code AS "gridCode",
        g.name AS "gridName", f.ended_on AS "endedOn"
      FROM former_post f
      LEFT JOIN grid g ON g.county_code = f.county_code AND g.grid_code = f.grid_code
        AND g.valid_to IS NULL
      WHERE ${sql.join(conditions, sql` AND `)} ORDER BY f.code LIMIT ${limit + 1}`.execute(trx),
  );
  const formerPosts = rows.slice(0, limit);
  const last = rows.length > limit ? formerPosts.at(-1) : undefined;
  return { formerPosts, nextCursor: last === undefined ? null : writeCodeCursor(last.code) };
};
