import { z } from "zod";
import { Limit } from "./catalogue.ts";
import { Code, Day, Id, Instant } from "./primitives.ts";
import {
  APPEAL_STATES,
  CHECK_FINDINGS,
  CLOCK_STAGES,
  EXTENSION_STATES,
  FEEDBACK_RESULTS,
  LIGHTS,
  REOPEN_REASONS,
  RETURN_FAULTS,
  SUB_TASK_STATES,
  SUPERVISION_LEVELS,
  SUSPENSION_REASONS,
  SUSPENSION_STATES,
  WHISTLE_KINDS,
  WHISTLE_STATES,
} from "./side-words.ts";
import { TIERS } from "./words.ts";

const Holder = z.object({ tier: z.enum(TIERS), holderCode: Code });

/** Everything that went on beside a case's main line, oldest first in each list. */
export const CaseSide = z.object({
  /** 核实: the last one asked for. */
  check: Holder.extend({
    askedAt: Instant,
    finding: z.enum(CHECK_FINDINGS).nullable(),
    answeredAt: Instant.nullable(),
  }).nullable(),
  /** How the last feedback answered; `scheduled` names the day. */
  feedback: z
    .object({ result: z.enum(FEEDBACK_RESULTS), nextDay: Day.nullable(), at: Instant })
    .nullable(),
  /** 退回: who sent it back, and once it was dispatched again, whose mistake it was. */
  returns: z.array(Holder.extend({ at: Instant, fault: z.enum(RETURN_FAULTS).nullable() })),
  extensions: z.array(
    z.object({
      state: z.enum(EXTENSION_STATES),
      askedAt: Instant,
      decidedAt: Instant.nullable(),
    }),
  ),
  suspensions: z.array(
    z.object({
      state: z.enum(SUSPENSION_STATES),
      reason: z.enum(SUSPENSION_REASONS),
      /** Last day of the suspension. */
      endsOn: Day,
      askedAt: Instant,
      decidedAt: Instant.nullable(),
      /** When it was ended before its time; null when it ran to its end or still runs. */
      resumedAt: Instant.nullable(),
    }),
  ),
  supervisions: z.array(
    z.object({
      level: z.enum(SUPERVISION_LEVELS),
      issuedAt: Instant,
      answerBy: Instant,
      answeredAt: Instant.nullable(),
    }),
  ),
  whistles: z.array(
    z.object({
      kind: z.enum(WHISTLE_KINDS),
      state: z.enum(WHISTLE_STATES),
      calledAt: Instant,
      decidedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      units: z.array(
        z.object({
          unitCode: Code,
          /** Null until it is approved. */
          arriveBy: Instant.nullable(),
          arrivedAt: Instant.nullable(),
          /** 街道评分 1 to 5; null while not rated. */
          score: z.number().int().nullable(),
        }),
      ),
    }),
  ),
  appeals: z.array(
    z.object({
      state: z.enum(APPEAL_STATES),
      askedAt: Instant,
      decidedAt: Instant.nullable(),
    }),
  ),
  subTasks: z.array(
    Holder.extend({
      subTask: z.number().int(),
      state: z.enum(SUB_TASK_STATES),
      task: z.string(),
      assignedAt: Instant,
      dueAt: Instant,
      endedAt: Instant.nullable(),
    }),
  ),
  /** 无主: the street handles first; `decision` says who is responsible, once decided. */
  noOwner: z.object({ markedAt: Instant, decision: Holder.nullable() }).nullable(),
  /** Cases that were merged into this one: their reporters are told of this case. */
  absorbed: z.array(Id),
  mergedInto: Id.nullable(),
  reopenings: z.array(z.object({ reason: z.enum(REOPEN_REASONS), at: Instant })),
});
export type CaseSideView = z.infer<typeof CaseSide>;

/** A clock of a case as it stands now. Amounts are in the limit's unit. */
export const CaseClock = z.object({
  /** `case`, or a stage with its number, e.g. `sign:2`, `sub_task:1`, `whistle:1:UNIT`. */
  key: z.string(),
  stage: z.enum(CLOCK_STAGES),
  state: z.enum(["running", "paused", "stopped"]),
  limit: Limit,
  startedAt: Instant,
  stoppedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  elapsedAmount: z.number(),
  elapsedMinutes: z.number(),
  /** Negative once overdue. */
  remainingMinutes: z.number(),
  usedRatio: z.number(),
  verdict: z.enum(["pending", "on_time", "overdue"]),
  light: z.enum(LIGHTS),
  /** The deadline touches a year whose holidays are not announced. */
  provisional: z.boolean(),
});
export type CaseClock = z.infer<typeof CaseClock>;
