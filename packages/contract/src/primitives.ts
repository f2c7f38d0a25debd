import { z } from "zod";

/** Client-chosen identifier; the fronts make UUIDv7 so that ids sort by time. One spelling: lower case. */
export const Id = z.uuid().toLowerCase();

/** Instant on the wire: RFC 3339 in UTC. */
export const Instant = z.iso.datetime({ offset: true });

/** A calendar day in the county's own time zone, `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** WGS-84 (CGCS2000) longitude and latitude in degrees. */
export const LngLat = z.strictObject({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type LngLat = z.infer<typeof LngLat>;

/** County, street, community or grid code: a child's code begins with its parent's. */
export const Code = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[0-9A-Za-z-]+$/);

/** Free text that a person wrote; trimmed, control characters refused (newlines and tabs stay). */
export const text = (maxLength: number, minLength = 0) =>
  z
    .string()
    .trim()
    .min(minLength)
    .max(maxLength)
    // oxlint-disable-next-line no-control-regex -- the point is to refuse them
    .regex(/^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/u)
    // An unpaired surrogate is legal in a JavaScript string and refused by PostgreSQL.
    .refine((s) => s.isWellFormed(), "not well-formed Unicode");

/** Opaque keyset cursor: base64url of the last row's sort key. */
export const Cursor = z
  .string()
  .min(1)
  .max(400)
  .regex(/^[A-Za-z0-9_-]+$/);

/** A comma-separated list in a query string, each member from `values`. */
export const listOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(400)
    .transform((s) => s.split(",").filter((part) => part !== ""))
    .pipe(z.array(z.enum(values)).max(values.length));

export const QueryBoolean = z.enum(["true", "false"]).transform((s) => s === "true");
export const QueryNumber = (schema: z.ZodNumber) =>
  z
    .string()
    .max(40)
    .regex(/^-?[0-9.eE+-]+$/)
    .transform(Number)
    .pipe(schema);
