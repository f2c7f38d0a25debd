import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, text } from "./primitives.ts";
import { CATEGORY_KINDS, LIMIT_UNITS, NETS, TIERS } from "./words.ts";

export const Limit = z.object({
  /** How many units; fractions allowed, e.g. 0.5 urgent hours. */
  amount: z.number().positive().max(1000),
  unit: z.enum(LIMIT_UNITS),
});
export type Limit = z.infer<typeof Limit>;

/** 我也遇到: how near and how recent an open case of a category counts as perhaps the same thing. */
export const MeTooReach = z.strictObject({
  distanceM: z.number().int().min(0).max(5_000),
  hours: z
    .number()
    .int()
    .min(0)
    .max(24 * 365),
});
export type MeTooReach = z.infer<typeof MeTooReach>;

/** The class of a national standard that a category falls under. */
export const StandardClass = z.object({
  /** e.g. `GB/T 47678.5-2026`. */
  standard: z.string(),
  kind: z.enum(CATEGORY_KINDS),
  classCode: z.string().regex(/^[0-9]{5}$/),
  /** Name of the class as the county's loaded code table gives it; null when no table is loaded. */
  className: z.string().nullable(),
});

/** One line of the authority list 权责清单: a kind of problem, who owns it, how fast. */
export const Category = z.object({
  categoryCode: Code,
  version: z.number().int(),
  net: z.enum(NETS),
  kind: z.enum(CATEGORY_KINDS),
  name: z.string(),
  /** How the name sounds and its initials, with blanks between: `baolulaji bllj`. */
  nameKeys: z.string(),
  /** Words people use for it, for search and suggestion. */
  words: z.array(z.string()),
  ownerUnitCode: Code.nullable(),
  ownerUnitName: z.string().nullable(),
  startTier: z.enum(TIERS),
  limit: Limit,
  /** Life, fire, gas, collapse: screens say call 110/119/120 first. */
  emergency: z.boolean(),
  /** Null: the county's rules decide. */
  meToo: MeTooReach.nullable(),
  standardClass: StandardClass.nullable(),
  active: z.boolean(),
  sample: z.boolean(),
});
export type Category = z.infer<typeof Category>;

export const listCategories = endpoint({
  name: "catalogue.list",
  method: "GET",
  path: "/api/v1/categories",
  permission: "public",
  summary: "The county's authority list in its present version",
  query: z.strictObject({ net: z.enum(NETS).optional() }),
  answer: z.object({ categories: z.array(Category) }),
});

export const putCategory = endpoint({
  name: "catalogue.put",
  method: "PUT",
  path: "/api/v1/categories/{categoryCode}",
  permission: "configuration.write",
  summary: "Add a category or write its next version; open cases keep the limit frozen on them",
  params: z.strictObject({ categoryCode: Code }),
  body: z.strictObject({
    baseVersion: z.number().int().min(0),
    net: z.enum(NETS),
    kind: z.enum(CATEGORY_KINDS),
    name: text(60, 1),
    words: z.array(text(30, 1)).max(30),
    ownerUnitCode: Code.nullable(),
    startTier: z.enum(TIERS),
    limit: z.strictObject(Limit.shape),
    emergency: z.boolean(),
    meToo: MeTooReach.nullable().default(null),
    standardClass: z
      .strictObject({
        standard: text(60, 1),
        kind: z.enum(CATEGORY_KINDS),
        classCode: z.string().regex(/^[0-9]{5}$/),
      })
      .nullable(),
    active: z.boolean(),
  }),
  answer: Category,
  problems: ["catalogue.version_conflict", "catalogue.unknown_unit", "catalogue.invalid"],
});

/** 职能部门. The phone is a duty phone, of the post and never of the person. */
export const Department = z.object({
  unitCode: Code,
  name: z.string(),
  /** How the name sounds and its initials, with blanks between. */
  nameKeys: z.string(),
  nets: z.array(z.enum(NETS)),
  dutyPhone: z.string().nullable(),
  sample: z.boolean(),
});
export type Department = z.infer<typeof Department>;

export const listDepartments = endpoint({
  name: "departments.list",
  method: "GET",
  path: "/api/v1/departments",
  permission: "public",
  summary: "Departments that can be given cases",
  answer: z.object({ departments: z.array(Department) }),
});
