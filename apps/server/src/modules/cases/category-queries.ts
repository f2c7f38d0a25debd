import type { Category, LimitUnit, Net, Tier } from "@onegrid/contract";
import { countyCache } from "../../platform/county-cache.ts";
import { inScope, type Db } from "../../platform/database.ts";

/** What a category's present line says, as far as a case needs it. */
export type CaseCategory = Pick<
  Category,
  | "categoryCode"
  | "version"
  | "net"
  | "startTier"
  | "ownerUnitCode"
  | "limit"
  | "emergency"
  | "active"
>;

/** The present lines of the authority list, as far as a case needs them; in memory. */
const cache = countyCache("catalogue", (db, countyCode) =>
  inScope(db, { countyCode, scopeCode: "", unitCode: "" }, async (trx) => {
    const rows = await trx
      .selectFrom("category")
      .where("county_code", "=", countyCode)
      .where("superseded", "=", false)
      .select([
        "category_code",
        "version",
        "net",
        "start_tier",
        "owner_unit_code",
        "limit_amount",
        "limit_unit",
        "emergency",
        "active",
      ])
      .execute();
    return new Map(
      rows.map((row): [string, CaseCategory] => [
        row.category_code,
        {
          categoryCode: row.category_code,
          version: row.version,
          net: row.net as Net,
          startTier: row.start_tier as Tier,
          ownerUnitCode: row.owner_unit_code,
          limit: { amount: row.limit_amount, unit: row.limit_unit as LimitUnit },
          emergency: row.emergency,
          active: row.active,
        },
      ]),
    );
  }),
);

/** Categories by code in their present version, inactive ones too. */
export const categoriesOf = (db: Db, countyCode: string): Promise<Map<string, CaseCategory>> =>
  cache.get(db, countyCode);
