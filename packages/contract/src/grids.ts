import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Day, QueryNumber } from "./primitives.ts";

/** 网格 — level 0 is the county itself, 1 street, 2 community, 3 inside a community. */
export const Grid = z.object({
  gridCode: Code,
  version: z.number().int(),
  level: z.number().int().min(0).max(3),
  parentCode: Code.nullable(),
  name: z.string(),
  /** How the name sounds and its initials, with blanks between. */
  nameKeys: z.string(),
  /** Names from the level-1 grid down to this one. */
  path: z.array(z.string()),
  partyGroup: z.string().nullable(),
  areaM2: z.number(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** A point inside the polygon, for a label. */
  labelLng: z.number(),
  labelLat: z.number(),
  validFrom: Day,
  childCount: z.number().int(),
  /** True: the outline is generated, not surveyed; screens say 示意. */
  schematic: z.boolean(),
});
export type Grid = z.infer<typeof Grid>;

export const listGrids = endpoint({
  name: "grids.list",
  method: "GET",
  path: "/api/v1/grids",
  permission: "public",
  summary: "The grids directly under a parent (the county's level-1 grids without one)",
  query: z.strictObject({
    parent: Code.optional(),
    /** A past day, as the grids were then. */
    on: Day.optional(),
  }),
  answer: z.object({ grids: z.array(Grid) }),
  problems: ["grids.not_found"],
});

export const getGrid = endpoint({
  name: "grids.get",
  method: "GET",
  path: "/api/v1/grids/{gridCode}",
  permission: "public",
  summary: "One grid in its present version, or as it was on a past day",
  params: z.strictObject({ gridCode: Code }),
  query: z.strictObject({ on: Day.optional() }),
  answer: Grid,
  problems: ["grids.not_found"],
});

/** Who serves here: public duties and duty phones, never a private number. */
export const Responsible = z.object({
  /** Smallest grid that holds the point; null outside every grid. */
  grid: Grid.nullable(),
  chain: z.array(
    z.object({
      gridCode: Code,
      level: z.number().int(),
      name: z.string(),
      partyGroup: z.string().nullable(),
      head: z.string().nullable(),
      workers: z.array(z.string()),
      dutyPhone: z.string().nullable(),
    }),
  ),
});
export type Responsible = z.infer<typeof Responsible>;

export const locate = endpoint({
  name: "grids.locate",
  method: "GET",
  path: "/api/v1/locate",
  permission: "public",
  summary: "The grid that holds a point and who serves there",
  query: z.strictObject({
    lng: QueryNumber(z.number().min(-180).max(180)),
    lat: QueryNumber(z.number().min(-90).max(90)),
  }),
  answer: Responsible,
});
