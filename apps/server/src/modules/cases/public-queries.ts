import type { Net } from "@onegrid/contract";
import type { LevelLengths } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import { inSubtree, type Condition } from "./case-filters.ts";
import { selectOrdered, type CasePage } from "./case-queries.ts";

export type PublicFilters = {
  net: readonly Net[] | undefined;
  grid: string | undefined;
  lengths: LevelLengths;
};

export type PublicQuery = PublicFilters & {
  countyCode: string;
  cursor: CaseCursor | null;
  limit: number;
};

/**
 * Cases everybody may see: accepted ones. What a resident reported and no desk has accepted, and
 * what was refused, is between the reporter and the desk; a merged case is shown as the one it joined.
 */
export const publicConditions = ({ net, grid, lengths }: PublicFilters): Condition[] => {
  const conditions = [
    sql<unknown>`c.state NOT IN ('reported', 'checking', 'not_accepted', 'voided', 'merged')`,
  ];
  if (net !== undefined) conditions.push(sql`c.net = ANY (${[...net]}::text[])`);
  if (grid !== undefined) conditions.push(inSubtree(grid, lengths));
  return conditions;
};

/** A page of them, newest first. */
export const selectPublicPage = (trx: Trx, query: PublicQuery): Promise<CasePage> =>
  selectOrdered(trx, { ...query, sort: "reported_desc" }, publicConditions(query));
