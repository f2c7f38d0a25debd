import type { Category } from "@onegrid/contract";
import { countyCache } from "../../platform/county-cache.ts";
import { type Db, inScope } from "../../platform/database.ts";
import { readCategories } from "./catalogue-queries.ts";

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
