import type { CaseFilters } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { filterConditions, type FilterContext } from "./case-filters.ts";
import { allOf, scopeCondition } from "./case-queries.ts";

/**
 * How many cases a list with these filters has, all pages together. For few cases (what is
 * overdue now, by the index of open ones); what grows with history is counted by the board's rollup.
 */
export const countCases = async (
  trx: Trx,
  countyCode: string,
  filters: Omit<CaseFilters, "q">,
  context: FilterContext,
): Promise<number> => {
  const conditions = [
    sql<unknown>`c.county_code = ${countyCode}`,
    ...scopeCondition(countyCode, context),
    ...filterConditions(filters, context),
  ];
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM cases c WHERE ${allOf(conditions)}`.execute(trx);
  return rows[0]?.n ?? 0;
};
