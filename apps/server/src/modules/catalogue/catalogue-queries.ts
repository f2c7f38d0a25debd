import { type Category, CATEGORY_KINDS, type Department } from "@onegrid/contract";
import type { ClassDraft, KnownToCounty } from "@onegrid/domain";
import { classKey } from "@onegrid/domain";
import type { Trx } from "../../platform/database.ts";
import { categoryOfRow, departmentOfRow } from "./catalogue-row.ts";

/** The present version of every category of a county, by code. One statement. */
export const readCategories = async (trx: Trx, countyCode: string): Promise<Category[]> => {
  const rows = await trx
    .selectFrom("category as c")
    .leftJoin("department as d", (join) =>
      join
        .onRef("d.county_code", "=", "c.county_code")
        .onRef("d.unit_code", "=", "c.owner_unit_code"),
    )
    .leftJoin("standard_class as s", (join) =>
      join
        .onRef("s.county_code", "=", "c.county_code")
        .onRef("s.standard", "=", "c.standard")
        .onRef("s.kind", "=", "c.standard_kind")
        .onRef("s.class_code", "=", "c.standard_class"),
    )
    .select([
      "c.category_code",
      "c.version",
      "c.net",
      "c.kind",
      "c.name",
      "c.name_keys",
      "c.words",
      "c.owner_unit_code",
      "d.name as owner_unit_name",
      "c.start_tier",
      "c.limit_amount",
      "c.limit_unit",
      "c.emergency",
      "c.me_too_distance_m",
      "c.me_too_hours",
      "c.standard",
      "c.standard_kind",
      "c.standard_class",
      "s.name as class_name",
      "c.active",
      "c.sample",
    ])
    .where("c.county_code", "=", countyCode)
    .where("c.superseded", "=", false)
    .orderBy("c.category_code")
    .execute();
  return rows.map(categoryOfRow);
};

/** Departments of a county, by code. */
export const readDepartments = async (trx: Trx, countyCode: string): Promise<Department[]> => {
  const rows = await trx
    .selectFrom("department")
    .select(["unit_code", "name", "name_keys", "nets", "duty_phone", "sample"])
    .where("county_code", "=", countyCode)
    .orderBy("unit_code")
    .execute();
  return rows.map(departmentOfRow);
};

/** A class as the county keeps it; which component a matter stands for is only checked on loading. */
export type StoredClass = Omit<ClassDraft, "componentCode">;

/** The code tables a county has loaded; of one standard when it is named. */
export const readClasses = async (
  trx: Trx,
  countyCode: string,
  standard?: string,
): Promise<StoredClass[]> => {
  const rows = await trx
    .selectFrom("standard_class")
    .select(["standard", "kind", "class_code", "major_name", "name"])
    .where("county_code", "=", countyCode)
    .$if(standard !== undefined, (query) => query.where("standard", "=", standard ?? ""))
    .orderBy("standard")
    .orderBy("kind")
    .orderBy("class_code")
    .execute();
  return rows.flatMap((row) => {
    const kind = CATEGORY_KINDS.find((candidate) => candidate === row.kind);
    if (kind === undefined) return [];
    const { standard: of, class_code: classCode, major_name: majorName, name } = row;
    return [{ standard: of, kind, classCode, majorName, name }];
  });
};

/** What a county has, for checking lists against. */
export const readKnown = async (trx: Trx, countyCode: string): Promise<KnownToCounty> => {
  const departments = await readDepartments(trx, countyCode);
  const classes = Map.groupBy(await readClasses(trx, countyCode), ({ standard }) => standard);
  return {
    unitCodes: new Set(departments.map(({ unitCode }) => unitCode)),
    classes: new Map(
      [...classes].map(([standard, of]) => [standard, new Set(of.map(classKey))] as const),
    ),
  };
};
