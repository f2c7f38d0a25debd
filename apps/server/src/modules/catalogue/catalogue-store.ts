import type { CategoryDraft } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { StoredClass } from "./catalogue-queries.ts";
import type { DepartmentDraft } from "./catalogue-row.ts";

/** One writer of a county's catalogue at a time; others wait until this transaction ends. */
export const lockCatalogue = async (trx: Trx, countyCode: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('catalogue'), hashtext(${countyCode}))`.execute(
    trx,
  );
};

/** A category with the version it is written as. */
export type NextCategory = CategoryDraft & { version: number };

/** Writes next versions: the present ones are superseded, never changed. Two statements. */
export const writeCategories = async (
  trx: Trx,
  countyCode: string,
  categories: readonly NextCategory[],
): Promise<void> => {
  if (categories.length === 0) return;
  await trx
    .updateTable("category")
    .set({ superseded: true })
    .where("county_code", "=", countyCode)
    .where("superseded", "=", false)
    .where(
      "category_code",
      "in",
      categories.map(({ categoryCode }) => categoryCode),
    )
    .execute();
  await trx
    .insertInto("category")
    .values(
      categories.map((category) => ({
        county_code: countyCode,
        category_code: category.categoryCode,
        version: category.version,
        net: category.net,
        kind: category.kind,
        name: category.name,
        words: category.words,
        owner_unit_code: category.ownerUnitCode,
        start_tier: category.startTier,
        limit_amount: category.limit.amount,
        limit_unit: category.limit.unit,
        emergency: category.emergency,
        me_too_distance_m: category.meToo?.distanceM ?? null,
        me_too_hours: category.meToo?.hours ?? null,
        standard: category.standardClass?.standard ?? null,
        standard_kind: category.standardClass?.kind ?? null,
        standard_class: category.standardClass?.classCode ?? null,
        active: category.active,
        sample: category.sample,
      })),
    )
    .execute();
};

/** Adds departments and renews those that are there. */
export const writeDepartments = async (
  trx: Trx,
  countyCode: string,
  departments: readonly DepartmentDraft[],
): Promise<void> => {
  if (departments.length === 0) return;
  await trx
    .insertInto("department")
    .values(
      departments.map(({ unitCode, name, nets, dutyPhone, sample }) => ({
        county_code: countyCode,
        unit_code: unitCode,
        name,
        nets: [...nets],
        duty_phone: dutyPhone,
        sample,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["county_code", "unit_code"]).doUpdateSet((set) => ({
        name: set.ref("excluded.name"),
        nets: set.ref("excluded.nets"),
        duty_phone: set.ref("excluded.duty_phone"),
        sample: set.ref("excluded.sample"),
      })),
    )
    .execute();
};

/** Makes a standard's table what the lists say: `write` is added or renewed, `drop` leaves. */
export const writeClasses = async (
  trx: Trx,
  countyCode: string,
  write: readonly StoredClass[],
  drop: readonly StoredClass[],
): Promise<void> => {
  if (write.length > 0) {
    await trx
      .insertInto("standard_class")
      .values(
        write.map(({ standard, kind, classCode, majorName, name }) => ({
          county_code: countyCode,
          standard,
          kind,
          class_code: classCode,
          major_name: majorName,
          name,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["county_code", "standard", "kind", "class_code"]).doUpdateSet((set) => ({
          major_name: set.ref("excluded.major_name"),
          name: set.ref("excluded.name"),
        })),
      )
      .execute();
  }
  for (const { standard, kind, classCode } of drop) {
    await trx
      .deleteFrom("standard_class")
      .where("county_code", "=", countyCode)
      .where("standard", "=", standard)
      .where("kind", "=", kind)
      .where("class_code", "=", classCode)
      .execute();
  }
};
