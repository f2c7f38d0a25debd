import {
  type Category,
  CATEGORY_KINDS,
  type Department,
  LIMIT_UNITS,
  NETS,
  TIERS,
} from "@onegrid/contract";
import type { CategoryDraft } from "@onegrid/domain";

/** Columns of a category as the query answers them, with the names of what it refers to. */
export type CategoryRow = {
  category_code: string;
  version: number;
  net: string;
  kind: string;
  name: string;
  name_keys: string;
  words: string[];
  owner_unit_code: string | null;
  owner_unit_name: string | null;
  start_tier: string;
  limit_amount: number;
  limit_unit: string;
  emergency: boolean;
  me_too_distance_m: number | null;
  me_too_hours: number | null;
  standard: string | null;
  standard_kind: string | null;
  standard_class: string | null;
  class_name: string | null;
  active: boolean;
  sample: boolean;
};

/** The CHECK of the column says the same; a word beyond it is a broken database. */
const wordOf = <T extends string>(words: readonly T[], value: string): T => {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new RangeError(`unknown word in the catalogue: ${value}`);
  return word;
};

/** Row → domain value and wire view: the two are the same shape. */
export const categoryOfRow = (row: CategoryRow): Category => ({
  categoryCode: row.category_code,
  version: row.version,
  net: wordOf(NETS, row.net),
  kind: wordOf(CATEGORY_KINDS, row.kind),
  name: row.name,
  nameKeys: row.name_keys,
  words: row.words,
  ownerUnitCode: row.owner_unit_code,
  ownerUnitName: row.owner_unit_name,
  startTier: wordOf(TIERS, row.start_tier),
  limit: { amount: row.limit_amount, unit: wordOf(LIMIT_UNITS, row.limit_unit) },
  emergency: row.emergency,
  meToo:
    row.me_too_distance_m === null || row.me_too_hours === null
      ? null
      : { distanceM: row.me_too_distance_m, hours: row.me_too_hours },
  standardClass:
    row.standard === null || row.standard_kind === null || row.standard_class === null
      ? null
      : {
          standard: row.standard,
          kind: wordOf(CATEGORY_KINDS, row.standard_kind),
          classCode: row.standard_class,
          className: row.class_name,
        },
  active: row.active,
  sample: row.sample,
});

/** A category without its version and the names it refers to, for comparing and rewriting. */
export const draftOf = (category: Category): CategoryDraft => {
  const { standardClass } = category;
  return {
    categoryCode: category.categoryCode,
    net: category.net,
    kind: category.kind,
    name: category.name,
    words: category.words,
    ownerUnitCode: category.ownerUnitCode,
    startTier: category.startTier,
    limit: category.limit,
    emergency: category.emergency,
    meToo: category.meToo,
    standardClass: standardClass && {
      standard: standardClass.standard,
      kind: standardClass.kind,
      classCode: standardClass.classCode,
    },
    active: category.active,
    sample: category.sample,
  };
};

export type DepartmentRow = {
  unit_code: string;
  name: string;
  name_keys: string;
  nets: string[];
  duty_phone: string | null;
  sample: boolean;
};

/** A department as it is written: how its name sounds follows from the name. */
export type DepartmentDraft = Omit<Department, "nameKeys">;

export const departmentOfRow = (row: DepartmentRow): Department => ({
  unitCode: row.unit_code,
  name: row.name,
  nameKeys: row.name_keys,
  nets: row.nets.map((net) => wordOf(NETS, net)),
  dutyPhone: row.duty_phone,
  sample: row.sample,
});
