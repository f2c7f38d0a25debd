import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Cursor, Day, QueryNumber, text } from "./primitives.ts";
import { ESTATE_LACKS, THREE_WITHOUT_STATES } from "./organisation-words.ts";

/**
 * 台账: lists of a county that are kept by form or by spreadsheet. Each is described once, here;
 * the description makes the form, the table, the template, the import and the export.
 */
export const REGISTERS = [
  "estates",
  "buildings",
  "property_companies",
  "owners_committees",
] as const;
export type RegisterName = (typeof REGISTERS)[number];

export type RegisterColumn = {
  /** Name in rows, JSON and (as `registerColumn>key`) in the catalogues of words. */
  key: string;
  kind: "code" | "text" | "integer" | "decimal" | "day" | "choice" | "choices";
  /** A row without it is refused. */
  required?: true;
  /** Longest text in characters, or largest number. */
  max?: number;
  /** Smallest number; 0 without it. */
  min?: number;
  /** Members of a choice; their words are `registerChoice>value`. */
  values?: readonly string[];
  /** What the code names: a present grid or a row of another register. */
  names?: "grid" | RegisterName;
};

const CODE = { key: "code", kind: "code", required: true } as const;
const GRID = { key: "gridCode", kind: "code", required: true, names: "grid" } as const;
const NAME = { key: "name", kind: "text", required: true, max: 60 } as const;
const VALID = [
  { key: "validFrom", kind: "day" },
  { key: "validTo", kind: "day" },
] as const;

export const REGISTER_COLUMNS: Record<RegisterName, readonly RegisterColumn[]> = {
  estates: [
    CODE,
    NAME,
    GRID,
    { key: "address", kind: "text", max: 120 },
    { key: "households", kind: "integer", max: 100_000 },
    { key: "lng", kind: "decimal", min: -180, max: 180 },
    { key: "lat", kind: "decimal", min: -90, max: 90 },
    { key: "companyCode", kind: "code", names: "property_companies" },
    { key: "threeWithout", kind: "choice", values: THREE_WITHOUT_STATES },
    { key: "lacks", kind: "choices", values: ESTATE_LACKS },
    { key: "note", kind: "text", max: 300 },
    ...VALID,
  ],
  buildings: [
    CODE,
    NAME,
    GRID,
    { key: "estateCode", kind: "code", names: "estates" },
    { key: "floors", kind: "integer", max: 300 },
    { key: "households", kind: "integer", max: 10_000 },
    ...VALID,
  ],
  property_companies: [CODE, NAME, { key: "dutyPhone", kind: "text", max: 30 }, ...VALID],
  owners_committees: [
    CODE,
    NAME,
    GRID,
    { key: "estateCode", kind: "code", names: "estates" },
    { key: "termEndsOn", kind: "day" },
    ...VALID,
  ],
};

export const RegisterValue = z.union([
  z.string().max(500),
  z.number(),
  z.array(z.string().max(60)).max(20),
  z.null(),
]);
export type RegisterValue = z.infer<typeof RegisterValue>;

export const RegisterRow = z.object({
  code: Code,
  version: z.number().int(),
  sample: z.boolean(),
  /** By key of the register's columns. */
  values: z.record(z.string(), RegisterValue),
});
export type RegisterRow = z.infer<typeof RegisterRow>;

const RegisterParams = z.strictObject({ register: z.enum(REGISTERS) });

const RegisterFilters = {
  q: text(60).optional(),
  grid: Code.optional(),
  /** Rows that were valid on this day; without it every row. */
  on: Day.refine((day) => day >= "1900-01-01", "a day since 1900").optional(),
  threeWithout: z.enum(THREE_WITHOUT_STATES).optional(),
};

export const listRegister = endpoint({
  name: "registers.list",
  method: "GET",
  path: "/api/v1/registers/{register}",
  permission: "organisation.read",
  summary: "A page of a register's rows by code",
  params: RegisterParams,
  query: z.strictObject({
    ...RegisterFilters,
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
  }),
  answer: z.object({ rows: z.array(RegisterRow), nextCursor: Cursor.nullable() }),
  problems: ["registers.bad_cursor"],
});

export const putRegisterRow = endpoint({
  name: "registers.put",
  method: "PUT",
  path: "/api/v1/registers/{register}/{code}",
  permission: "organisation.write",
  summary: "Add a row or write its next version",
  params: z.strictObject({ register: z.enum(REGISTERS), code: Code }),
  body: z.strictObject({
    /** Version that was read; 0 for a new row. */
    baseVersion: z.number().int().min(0).max(2_000_000_000),
    /** Values by key of the register's columns; what is left out becomes empty. */
    values: z.record(z.string().max(40), RegisterValue),
  }),
  answer: RegisterRow,
  problems: ["registers.version_conflict", "registers.invalid", "registers.outside_scope"],
});
