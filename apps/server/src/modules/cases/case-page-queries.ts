import type { CaseFilters } from "@onegrid/contract";
import type { Trx } from "../../platform/database.ts";
import { filterConditions, type FilterContext } from "./case-filters.ts";
import {
  scopeCondition,
  selectOrdered,
  within,
  type CasePage,
  type PageQuery,
} from "./case-queries.ts";
import { searchCases } from "./case-search-queries.ts";
import { soundCondition } from "./case-sound-queries.ts";

/**
 * One page of a list: one statement, whatever is filtered, sorted or searched for, and one more when
 * Latin letters were typed, which may be how a category sounds. What looks like a case number is
 * looked up as one first.
 */
export const selectCasePage = async (
  trx: Trx,
  query: PageQuery & { filters: CaseFilters },
  context: FilterContext,
): Promise<CasePage> => {
  const conditions = [
    ...scopeCondition(query.countyCode, context),
    ...filterConditions(query.filters, context),
  ];
  const words = query.filters.q;
  if (words === undefined) return selectOrdered(trx, query, conditions);
  const sounding = await soundCondition(trx, query.countyCode, words);
  if (sounding !== undefined) return selectOrdered(trx, query, [...conditions, sounding]);
  const search = { ...query, isDepartment: context.actor.role === "department" };
  return searchCases(trx, search, words, [...within(query), ...conditions]);
};
