import type { Net } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import { gridRange } from "./case-filters.ts";
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
export const selectPublicPage = (trx: Trx, query: PublicQuery): Promise<CasePage> => {
  const conditions = [sql<unknown>`c.state NOT IN ('reported', 'not_accepted')`];
  if (query.net !== undefined) conditions.push(sql`c.net = ANY (${[...query.net]}::text[])`);
  if (query.grid !== undefined) conditions.push(gridRange(query.grid));
  return selectOrdered(trx, { ...query, sort: "reported_desc" }, conditions);
};
