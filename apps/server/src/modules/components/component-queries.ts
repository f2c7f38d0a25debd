import type { Component, ComponentCondition, NamedComponent } from "@onegrid/contract";
import { sql } from "kysely";
import type { Db, Trx } from "../../platform/database.ts";
import { inScope } from "../../platform/database.ts";
import { escapeLike, nameHolds } from "../../platform/name-search.ts";
import { componentView, type ComponentRow } from "./component-row.ts";

/** Components are the same for everybody of a county. */
export const inCounty = (countyCode: string) => ({ countyCode, scopeCode: "", unitCode: "" });

const COLUMNS = sql.raw(`c.component_code, c.category_code, c.name, c.owner_unit_code, c.condition,
  c.lng, c.lat, c.grid_code, c.address, c.recorded_on, c.changed_at, c.restricted, c.version,
  c.sample, k.name AS category_name, d.name AS owner_unit_name, g.name AS grid_name`);

const NAMES = sql.raw(`
  LEFT JOIN category k ON k.county_code = c.county_code AND k.category_code = c.category_code
    AND NOT k.superseded
  LEFT JOIN department d ON d.county_code = c.county_code AND d.unit_code = c.owner_unit_code
  LEFT JOIN grid g ON g.county_code = c.county_code AND g.grid_code = c.grid_code
    AND g.version = c.grid_version`);

export type ComponentFilters = {
  category?: string | undefined;
  grid?: string | undefined;
  unit?: string | undefined;
  condition?: readonly ComponentCondition[] | undefined;
  q?: string | undefined;
};

/** Components in order of code after `after`; one statement. */
export const selectComponents = async (
  trx: Trx,
  countyCode: string,
  { category, grid, unit, condition, q }: ComponentFilters,
  after: string | null,
  limit: number,
): Promise<Component[]> => {
  const conditions = [sql`c.county_code = ${countyCode}`];
  if (after !== null) conditions.push(sql`c.component_code > ${after}`);
  if (category !== undefined) conditions.push(sql`c.category_code = ${category}`);
  if (grid !== undefined) {
    conditions.push(sql`c.grid_code >= ${grid} AND c.grid_code < ${`${grid}~`}`);
  }
  if (unit !== undefined) conditions.push(sql`c.owner_unit_code = ${unit}`);
  if (condition !== undefined) conditions.push(sql`c.condition = ANY (${[...condition]})`);
  if (q !== undefined) {
    const pattern = `%${escapeLike(q)}%`;
    conditions.push(sql`(${nameHolds("c", q)} OR c.address ILIKE ${pattern}
      OR starts_with(c.component_code, ${q}))`);
  }
  const { rows } = await sql<ComponentRow>`
    SELECT ${COLUMNS} FROM component c ${NAMES} WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY c.component_code LIMIT ${limit}`.execute(trx);
  return rows.map(componentView);
};

/** One component; undefined when the county has none of this code. */
export const selectComponent = async (
  trx: Trx,
  countyCode: string,
  componentCode: string,
): Promise<Component | undefined> => {
  const { rows } = await sql<ComponentRow>`
    SELECT ${COLUMNS} FROM component c ${NAMES}
    WHERE c.county_code = ${countyCode} AND c.component_code = ${componentCode}`.execute(trx);
  return rows[0] && componentView(rows[0]);
};

/** The components of these codes, by code. */
export const selectComponentsByCode = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Component>> => {
  const { rows } = await sql<ComponentRow>`
    SELECT ${COLUMNS} FROM component c ${NAMES} WHERE c.county_code = ${countyCode}
      AND c.component_code = ANY (${codes as string[]}::text[])`.execute(trx);
  return new Map(rows.map((row) => [row.component_code, componentView(row)]));
};

/** What a report asks of the component it names. */
export type ReportedComponent = { ownerUnitCode: string | null; lng: number; lat: number };

/**
 * The components of these codes, by code; a code that is not in the answer is unknown. No statement
 * without codes: most reports name none.
 */
export const componentsNamed = async (
  db: Db,
  countyCode: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ReportedComponent>> => {
  if (codes.length === 0) return new Map();
  const rows = await inScope(db, inCounty(countyCode), (trx) =>
    trx
      .selectFrom("component")
      .select(["component_code", "owner_unit_code", "lng", "lat"])
      .where("county_code", "=", countyCode)
      .where("component_code", "in", [...new Set(codes)])
      .execute(),
  );
  return new Map(
    rows.map(({ component_code: code, owner_unit_code: ownerUnitCode, lng, lat }) => [
      code,
      { ownerUnitCode, lng, lat },
    ]),
  );
};

/** What a case says of the component it names; null when it names none. */
export const selectNamedComponent = async (
  trx: Trx,
  countyCode: string,
  componentCode: string | null,
): Promise<NamedComponent | null> => {
  if (componentCode === null) return null;
  return (await selectComponent(trx, countyCode, componentCode)) ?? null;
};

/** Owner of a component inside a transaction; null without an owner or without a code. */
export const ownerOfComponent = async (
  trx: Trx,
  countyCode: string,
  componentCode: string | null,
): Promise<string | null> => {
  if (componentCode === null) return null;
  const row = await trx
    .selectFrom("component")
    .select("owner_unit_code")
    .where("county_code", "=", countyCode)
    .where("component_code", "=", componentCode)
    .executeTakeFirst();
  return row?.owner_unit_code ?? null;
};
