import type { Category, Department } from "@onegrid/contract";
import { countyCache } from "../../platform/county-cache.ts";
import { type Db, inScope } from "../../platform/database.ts";
import { readCategories, readDepartments } from "./catalogue-queries.ts";

export const catalogueCache = countyCache("catalogue", (db, countyCode) =>
  inScope(db, { countyCode, scopeCode: "", unitCode: "" }, async (trx) => {
    const categories = await readCategories(trx, countyCode);
    return new Map(categories.map((category) => [category.categoryCode, category] as const));
  }),
);

/**
 * The county's authority list in its present version, by code, from memory; fresh after every
 * change in any process. Holds inactive categories too: old cases name them.
 */
export const categoriesOf = (db: Db, countyCode: string): Promise<ReadonlyMap<string, Category>> =>
  catalogueCache.get(db, countyCode);

export const departmentCache = countyCache("catalogue", (db, countyCode) =>
  inScope(db, { countyCode, scopeCode: "", unitCode: "" }, async (trx) => {
    const departments = await readDepartments(trx, countyCode);
    return new Map(departments.map((department) => [department.unitCode, department] as const));
  }),
);

/** The county's departments by code, from memory. */
export const departmentsOf = (
  db: Db,
  countyCode: string,
): Promise<ReadonlyMap<string, Department>> => departmentCache.get(db, countyCode);
