import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Cursor, Day, Instant, listOf, LngLat, QueryNumber, text } from "./primitives.ts";
import { COMPONENT_CONDITIONS } from "./words.ts";

/** Code of a 部件: county, 5-digit class, 6-digit serial; 17 digits for a county of six. */
export const ComponentCode = Code.regex(/[0-9]{11}$/);

/** 部件 — a thing that a city looks after: a lamp, a manhole cover, a litter bin. */
export const Component = z.object({
  componentCode: Code,
  version: z.number().int(),
  name: z.string(),
  /** Class: a category of kind `component` of the authority list. */
  categoryCode: Code,
  categoryName: z.string(),
  /** 权属单位; null while nobody knows. */
  ownerUnitCode: Code.nullable(),
  ownerUnitName: z.string().nullable(),
  condition: z.enum(COMPONENT_CONDITIONS),
  lng: z.number(),
  lat: z.number(),
  gridCode: Code,
  gridName: z.string(),
  address: z.string().nullable(),
  recordedOn: Day,
  changedAt: Instant,
  /** True: only staff see it on maps. */
  restricted: z.boolean(),
  sample: z.boolean(),
});
export type Component = z.infer<typeof Component>;

/** What a list of cases or a case says of the component it names. */
export const NamedComponent = Component.pick({
  componentCode: true,
  name: true,
  categoryName: true,
  ownerUnitCode: true,
  ownerUnitName: true,
  condition: true,
});
export type NamedComponent = z.infer<typeof NamedComponent>;

export const listComponents = endpoint({
  name: "components.list",
  method: "GET",
  path: "/api/v1/components",
  permission: "configuration.read",
  summary: "Components of the county in order of code, by keyset pages",
  query: z.strictObject({
    category: Code.optional(),
    /** Subtree of grids, by prefix. */
    grid: Code.optional(),
    /** Owned by this department. */
    unit: Code.optional(),
    condition: listOf(COMPONENT_CONDITIONS).optional(),
    /** Words of the name or the address, or the beginning of a code. */
    q: text(60, 1).optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
  }),
  answer: z.object({ components: z.array(Component), nextCursor: z.string().nullable() }),
  problems: ["components.bad_cursor"],
});

export const getComponent = endpoint({
  name: "components.get",
  method: "GET",
  path: "/api/v1/components/{componentCode}",
  permission: "configuration.read",
  summary: "One component",
  params: z.strictObject({ componentCode: ComponentCode }),
  answer: Component,
  problems: ["components.not_found"],
});

export const putComponent = endpoint({
  name: "components.put",
  method: "PUT",
  path: "/api/v1/components/{componentCode}",
  permission: "configuration.write",
  summary: "Add a component or write what it is now; its grid follows from its place",
  params: z.strictObject({ componentCode: ComponentCode }),
  body: z.strictObject({
    /** Version that was read; 0 adds a new one. */
    baseVersion: z.number().int().min(0),
    name: text(60, 1),
    categoryCode: Code,
    ownerUnitCode: Code.nullable(),
    condition: z.enum(COMPONENT_CONDITIONS),
    location: LngLat,
    address: text(200).nullable(),
    restricted: z.boolean(),
  }),
  answer: Component,
  problems: ["components.version_conflict", "components.invalid", "components.no_grids"],
});
