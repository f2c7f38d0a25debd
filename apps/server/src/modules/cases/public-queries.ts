import type { Net } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import { gridRange, type Condition } from "./case-filters.ts";
import { selectOrdered, type CasePage } from "./case-queries.ts";

export type PublicQuery = {
  countyCode: string;
  net: readonly Net[] | undefined;
  grid: string | undefined;
  cursor: CaseCursor | null;
  limit: number;
};

/**
 * Cases everybody may see: accepted ones. What a resident reported and no desk has accepted, and
 * what was refused, is between the reporter and the desk.
 */
export const publicConditions = ({ net, grid }: Pick<PublicQuery, "net" | "grid">): Condition[] => {
  const conditions = [sql<unknown>`c.state NOT IN ('reported', 'not_accepted')`];
  if (net !== undefined) conditions.push(sql`c.net = ANY (${[...net]}::text[])`);
  if (grid !== undefined) conditions.push(gridRange(grid));
  return conditions;
};

/** A page of them, newest first. */
export const selectPublicPage = (trx: Trx, query: PublicQuery): Promise<CasePage> =>
  selectOrdered(trx, { ...query, sort: "reported_desc" }, publicConditions(query));
