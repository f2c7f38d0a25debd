import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Problem } from "./problem.ts";
import { Code, Day, Id, LngLat, text } from "./primitives.ts";

/** A point somebody put on the list, or a place where the same kind of case came again and again. */
export const PATROL_SPOT_KINDS = ["point", "repeated"] as const;
export type PatrolSpotKind = (typeof PATROL_SPOT_KINDS)[number];

/** What a look found. */
export const PATROL_FINDINGS = ["in_order", "wrong"] as const;
export type PatrolFinding = (typeof PATROL_FINDINGS)[number];

/** A point's id, or `category@cell` of a place of repeated cases. */
export const SpotName = z.string().regex(/^[0-9A-Za-z-]{1,36}(@[0-9]{1,20})?$/);

/** A place to look at. It says when it was looked at last, never by whom. */
export const PatrolSpot = z.object({
  spot: SpotName,
  kind: z.enum(PATROL_SPOT_KINDS),
  /** Null for a place of repeated cases: screens say its category. */
  name: z.string().nullable(),
  gridCode: Code,
  gridName: z.string(),
  lng: z.number(),
  lat: z.number(),
  categoryCode: Code.nullable(),
  categoryName: z.string().nullable(),
  everyDays: z.number().int(),
  lastLookedOn: Day.nullable(),
  lastFinding: z.enum(PATROL_FINDINGS).nullable(),
  /** Cases of the same kind at a place of repeated cases; 0 at a point. */
  repeatedCases: z.number().int(),
  /** Of a point, to change it; 0 otherwise. */
  version: z.number().int(),
  sample: z.boolean(),
});
export type PatrolSpot = z.infer<typeof PatrolSpot>;

export const listPatrolSpots = endpoint({
  name: "patrols.listSpots",
  method: "GET",
  path: "/api/v1/patrol-spots",
  permission: "cases.read",
  summary: "Places to look at in the own scope, with the day of the last look",
  query: z.strictObject({ grid: Code.optional() }),
  answer: z.object({ today: Day, spots: z.array(PatrolSpot) }),
});

/** Looked at on a day. The same place on the same day counts once, however often it is sent. */
export const PatrolLook = z.strictObject({
  spot: SpotName,
  lookedOn: Day,
  finding: z.enum(PATROL_FINDINGS),
});
export type PatrolLook = z.infer<typeof PatrolLook>;

export const recordLooks = endpoint({
  name: "patrols.recordLooks",
  method: "POST",
  path: "/api/v1/patrol-looks",
  permission: "cases.report",
  summary: "Up to 100 places that were looked at; each is taken or refused on its own",
  body: z.strictObject({ looks: z.array(PatrolLook).min(1).max(100) }),
  answer: z.object({
    results: z.array(
      z.discriminatedUnion("outcome", [
        z.object({ outcome: z.literal("taken"), spot: z.string(), lookedOn: Day }),
        z.object({ outcome: z.literal("refused"), spot: z.string(), problem: Problem }),
      ]),
    ),
  }),
  problems: ["patrols.unknown_spot", "patrols.day_out_of_range"],
});

export const putPatrolPoint = endpoint({
  name: "patrols.putPoint",
  method: "PUT",
  path: "/api/v1/patrol-points/{pointId}",
  permission: "work.arrange",
  summary: "Put a place on the list of those looked at regularly, or change it",
  params: z.strictObject({ pointId: Id }),
  body: z.strictObject({
    /** Version that was read; 0 adds a new one. */
    baseVersion: z.number().int().min(0),
    name: text(60, 1),
    location: LngLat,
    categoryCode: Code.nullable(),
    everyDays: z.number().int().min(1).max(366),
    active: z.boolean(),
  }),
  answer: PatrolSpot,
  problems: [
    "patrols.version_conflict",
    "patrols.outside_scope",
    "cases.unknown_category",
    "cases.no_grids",
  ],
});
