import type { CaseFilters, CaseListItem, CaseSort } from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { readCursor, writeCursor } from "./case-cursor.ts";
import { selectCasePage } from "./case-page-queries.ts";
import { listItemView } from "./case-views.ts";

export type ListQuery = CaseFilters & {
  sort?: CaseSort | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

const PAGE = 50;

/**
 * A page of cases in the actor's scope. `nextCursor` leads on; after a search by words it may do
 * so although the page is short, because more remains to be looked through.
 * Throws `cases.bad_cursor`.
 */
export const listCases = async (
  ctx: Ctx,
  { sort = "reported_desc", cursor, limit = PAGE, ...filters }: ListQuery,
): Promise<{ cases: CaseListItem[]; nextCursor: string | null }> => {
  const { countyCode, levelLengths, timeZone } = ctx.county;
  const query = {
    countyCode,
    filters,
    sort,
    limit,
    cursor: cursor === undefined ? null : readCursor(cursor, sort),
  };
  const context = { actor: ctx.actor, lengths: levelLengths, timeZone, now: ctx.clock.now() };
  const scope = scopeOf(ctx);
  const isInOrder = filters.mine === true && scope.scopeCode === countyCode;
  const page = await inScope(ctx.db, { ...scope, isInOrder }, (trx) =>
    selectCasePage(trx, query, context),
  );
  return {
    cases: page.rows.map((row) => listItemView(row, timeZone, context.now)),
    nextCursor: page.next && writeCursor(page.next),
  };
};
