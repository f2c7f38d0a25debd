import { CATEGORY_KINDS, LIMIT_UNITS, NETS, putCategory, TIERS } from "@onegrid/contract";
import { type CategoryDraft, type ClassDraft, standardDesignation } from "@onegrid/domain";
import { z } from "zod";

/**
 * Rows of the files that can be imported. Each schema takes a row as it stands in the file and
 * answers what the domain wants; its messages say what is allowed.
 */

const FIVE_DIGITS = "5 digits: 2 of the major class and 3 of the minor one, leading zeros included";
const classCode = z
  .string(FIVE_DIGITS)
  .trim()
  .regex(/^[0-9]{5}$/, FIVE_DIGITS);
const nameOf = (max: number) => {
  const allowed = `text of 1 to ${max} characters`;
  return z.string(allowed).trim().min(1, allowed).max(max, allowed);
};
const standard = nameOf(200).transform(standardDesignation).pipe(nameOf(60));

const MAJOR_NOT_FIRST = "the major class's 2 digits at the beginning of the code";
const MINOR_NOT_LAST = "the minor class's 3 digits at the end of the code";

/** A class in the shape of the JSON code tables that go around: `components` and `matters`. */
export const jsonClass = (kind: ClassDraft["kind"], of: string) =>
  z
    .object({
      code: classCode,
      major_name: nameOf(60),
      name: nameOf(100),
      major_code: z.string().optional(),
      minor_code: z.string().optional(),
      component_code: classCode.nullish(),
    })
    .refine((row) => row.major_code === undefined || row.code.startsWith(row.major_code), {
      path: ["major_code"],
      message: MAJOR_NOT_FIRST,
    })
    .refine((row) => row.minor_code === undefined || row.code.endsWith(row.minor_code), {
      path: ["minor_code"],
      message: MINOR_NOT_LAST,
    })
    .transform((row): ClassDraft => ({
      standard: standardDesignation(of),
      kind,
      classCode: row.code,
      majorName: row.major_name,
      name: row.name,
      componentCode: row.component_code ?? null,
    }));

/** A class as a CSV line: `standard,kind,classCode,majorName,name[,componentCode]`. */
export const csvClass = z
  .object({
    standard,
    kind: z.enum(CATEGORY_KINDS),
    classCode,
    majorName: nameOf(60),
    name: nameOf(100),
    componentCode: z
      .string()
      .transform((text) => (text === "" ? null : text))
      .pipe(classCode.nullable())
      .default(null),
  })
  .transform((row): ClassDraft => row);

const { params, body } = putCategory;
if (params === undefined || body === undefined) throw new TypeError("catalogue.put has no schema");

/** A category in JSON, as the API takes it, plus its code. */
export const jsonCategory = (sample: boolean) =>
  z
    .strictObject({
      categoryCode: params.shape.categoryCode,
      ...body.omit({ baseVersion: true }).shape,
      active: z.boolean().default(true),
      /** Why there is no class; a file may say so, the catalogue does not keep it. */
      standardClassReason: nameOf(200).optional(),
    })
    .refine((row) => row.standardClass !== null || row.standardClassReason !== undefined, {
      path: ["standardClassReason"],
      message: "a reason where standardClass is null",
    })
    .transform((row): CategoryDraft => ({
      categoryCode: row.categoryCode,
      net: row.net,
      kind: row.kind,
      name: row.name,
      words: row.words,
      ownerUnitCode: row.ownerUnitCode,
      startTier: row.startTier,
      limit: row.limit,
      emergency: row.emergency,
      meToo: row.meToo,
      standardClass: row.standardClass,
      active: row.active,
      sample,
    }));

const empty = (text: string) => (text.trim() === "" ? null : text.trim());
const yesNo = z.enum(["true", "false"], "true or false").transform((text) => text === "true");

/** A category as a CSV line; words are parted by semicolons, an empty class means none. */
export const csvCategory = z
  .object({
    categoryCode: z.string(),
    net: z.enum(NETS),
    kind: z.enum(CATEGORY_KINDS),
    name: z.string(),
    words: z.string().default(""),
    ownerUnitCode: z.string().transform(empty),
    startTier: z.enum(TIERS),
    limitAmount: z.string().transform(Number),
    limitUnit: z.enum(LIMIT_UNITS),
    emergency: yesNo,
    meTooDistanceM: z.string().default("").transform(empty),
    meTooHours: z.string().default("").transform(empty),
    active: yesNo.default(true),
    standard: z.string().default("").transform(empty),
    standardKind: z.string().default("").transform(empty).pipe(z.enum(CATEGORY_KINDS).nullable()),
    standardClass: z.string().default("").transform(empty),
  })
  .transform((row): z.input<ReturnType<typeof jsonCategory>> => ({
    categoryCode: row.categoryCode,
    net: row.net,
    kind: row.kind,
    name: row.name,
    words: row.words.split(/[;；]/).flatMap((word) => empty(word) ?? []),
    ownerUnitCode: row.ownerUnitCode,
    startTier: row.startTier,
    limit: { amount: row.limitAmount, unit: row.limitUnit },
    emergency: row.emergency,
    meToo:
      row.meTooDistanceM === null && row.meTooHours === null
        ? null
        : // One of the two alone is no number, and is named as the fault.
          { distanceM: Number(row.meTooDistanceM ?? NaN), hours: Number(row.meTooHours ?? NaN) },
    active: row.active,
    standardClass:
      row.standardClass === null
        ? null
        : {
            standard: row.standard ?? "",
            kind: row.standardKind ?? row.kind,
            classCode: row.standardClass,
          },
    // A table has no room for reasons; the empty cell is the statement.
    standardClassReason: "the cell is empty",
  }))
  .pipe(jsonCategory(false));

/** A department of an authority list in JSON. */
export const jsonDepartment = (sample: boolean) =>
  z
    .strictObject({
      unitCode: params.shape.categoryCode,
      name: nameOf(60),
      nets: z.array(z.enum(NETS)).min(1, "at least one of the four nets"),
      dutyPhone: z
        .string()
        .regex(/^[0-9-]{3,20}$/, "a duty phone of 3 to 20 digits and hyphens")
        .nullable(),
    })
    .transform((row) => Object.assign(row, { sample }));
