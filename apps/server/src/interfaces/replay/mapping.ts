import { Code, LIMIT_UNITS, NETS, TIERS } from "@onegrid/contract";
import { z } from "zod";

/** Ways a moment is written. Local times are read in the mapping's time zone. */
export const TIME_FORMATS = ["iso", "local_iso", "us12h"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

const Column = z.string().min(1).max(200);
const Moment = z.strictObject({
  column: Column,
  /** Tried in this order; one file may mix them. */
  formats: z.array(z.enum(TIME_FORMATS)).min(1),
});

/** How the columns of a file of service requests become reports. */
export const Mapping = z.strictObject({
  county: Code,
  /** IANA name, e.g. `America/New_York`. */
  timeZone: z.string().refine((zone) => {
    try {
      Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "an IANA time zone name"),
  /** Column that is unique in the file: the same request gets the same case at every run. */
  id: Column,
  reportedAt: Moment,
  /** An empty cell means it is still open. */
  closedAt: Moment,
  lng: Column,
  lat: Column,
  /** Joined with ` · `, empty ones left out. */
  address: z.array(Column).max(5),
  description: z.array(Column).min(1).max(5),
  category: z.strictObject({
    column: Column,
    /** The first rule whose words (a regular expression) fit decides. */
    rules: z.array(z.strictObject({ matches: z.string().max(200), code: Code })).max(500),
    /** For everything else; without it the row is refused. */
    otherwise: Code.optional(),
  }),
  /** Lines of the authority list the rules name; added when the county lacks them. */
  catalogue: z
    .array(
      z.strictObject({
        code: Code,
        name: z.string().min(1).max(60),
        net: z.enum(NETS),
        startTier: z.enum(TIERS),
        limit: z.strictObject({
          amount: z.number().positive().max(1000),
          unit: z.enum(LIMIT_UNITS),
        }),
      }),
    )
    .max(500),
  /**
   * 协办: the department that a column names has a sub-task of each case, from the day it was
   * reported until it was closed; added when the county lacks it. Values not listed share nothing.
   */
  subTasks: z
    .strictObject({
      column: Column,
      departments: z
        .array(
          z.strictObject({
            unitCode: Code,
            name: z.string().min(1).max(60),
            nets: z.array(z.enum(NETS)),
          }),
        )
        .max(200),
    })
    .optional(),
  /** A column that names a grid of some level, to compare with where the point fell. */
  agreement: z
    .strictObject({
      column: Column,
      level: z.number().int().min(1).max(3),
      /** Values that name no grid, e.g. `Unspecified`. */
      ignore: z.array(z.string()),
    })
    .optional(),
});
export type Mapping = z.infer<typeof Mapping>;
