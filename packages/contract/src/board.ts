import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Day } from "./primitives.ts";
import { NETS, TIERS } from "./words.ts";

/** A rate with what it is made of; a zero denominator gives null, never 100 %. */
export const Rate = z.object({
  numerator: z.number().int(),
  denominator: z.number().int(),
  value: z.number().nullable(),
});
export type Rate = z.infer<typeof Rate>;

/** First results board. Period = by the day a case became due (docs/glossary.md, 应办). */
export const Board = z.object({
  from: Day,
  to: Day,
  gridCode: Code,
  gridName: z.string(),
  /** 按期处置率 = 按期处置数 / 应处置数. */
  disposedOnTime: Rate,
  /** The same with overdue cases whose appeal was granted counted as on time; shown beside it. */
  adjustedOnTime: Rate,
  reported: z.number().int(),
  closed: z.number().int(),
  open: z.number().int(),
  overdue: z.number().int(),
  openByTier: z.array(z.object({ tier: z.enum(TIERS), open: z.number().int() })),
  byNet: z.array(
    z.object({
      net: z.enum(NETS),
      reported: z.number().int(),
      open: z.number().int(),
      disposedOnTime: Rate,
    }),
  ),
  /** Children of the grid looked at, so that a leader can go down. */
  byGrid: z.array(
    z.object({
      gridCode: Code,
      name: z.string(),
      level: z.number().int(),
      reported: z.number().int(),
      open: z.number().int(),
      disposedOnTime: Rate,
    }),
  ),
  trend: z.array(z.object({ day: Day, reported: z.number().int(), closed: z.number().int() })),
  sample: z.boolean(),
});
export type Board = z.infer<typeof Board>;

export const getBoard = endpoint({
  name: "board.get",
  method: "GET",
  path: "/api/v1/board",
  permission: "board.read",
  summary: "Results of a grid's subtree in a period, from the rollups of the log",
  query: z.strictObject({
    grid: Code.optional(),
    net: z.enum(NETS).optional(),
    from: Day.optional(),
    to: Day.optional(),
  }),
  answer: Board,
  problems: ["board.period_reversed", "board.period_too_long", "grids.not_found"],
});
