import type { OrganisationTreeNode } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { aliveOn } from "./organisation-queries.ts";
import { SPAN_COLUMNS, spanJoins, type NamedSpan } from "./organisation-row.ts";

type Node = Omit<OrganisationTreeNode, "organisations">;

/** The grids under a parent as they were on a day, with how much lies below each. One statement. */
export const selectTreeNodes = async (
  trx: Trx,
  countyCode: string,
  parent: string,
  on: string,
): Promise<Node[]> => {
  const { rows } = await sql<Node>`
    SELECT g.grid_code AS "gridCode", g.name, g.level,
      (SELECT count(*)::integer FROM grid k WHERE k.county_code = g.county_code
        AND k.parent_code = g.grid_code AND k.valid_from <= ${on}::date
        AND (k.valid_to IS NULL OR k.valid_to > ${on}::date)) AS "childCount",
      (SELECT count(*)::integer FROM organisation_span s WHERE ${aliveOn(countyCode, on)}
        AND starts_with(s.grid_code, g.grid_code)) AS "organisationCount"
    FROM grid g WHERE g.county_code = ${countyCode} AND g.parent_code = ${parent}
      AND g.valid_from <= ${on}::date AND (g.valid_to IS NULL OR g.valid_to > ${on}::date)
    ORDER BY g.grid_code`.execute(trx);
  return rows;
};

/** The organisations of exactly these grids on a day. */
export const selectOrganisationsOf = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  on: string,
): Promise<NamedSpan[]> => {
  const { rows } = await sql<NamedSpan>`
    SELECT ${SPAN_COLUMNS} FROM organisation_span s ${spanJoins(on)}
    WHERE ${aliveOn(countyCode, on)} AND s.grid_code = ANY (${gridCodes as string[]}::text[])
    ORDER BY s.grid_code, s.code`.execute(trx);
  return rows;
};
