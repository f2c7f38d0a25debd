import { z } from "zod";
import { Limit } from "./catalogue.ts";
import { Code, Day, Id } from "./primitives.ts";
import {
  CHECK_FINDINGS,
  FEEDBACK_RESULTS,
  REOPEN_REASONS,
  RETURN_FAULTS,
  SUPERVISION_LEVELS,
  SUSPENSION_REASONS,
  WHISTLE_KINDS,
} from "./side-words.ts";

const of = <Action extends string, Shape extends z.core.$ZodLooseShape>(
  action: Action,
  shape: Shape,
) => z.strictObject({ action: z.literal(action), ...shape });

const subTask = { subTask: z.number().int().min(1).max(1000) };

/** What an action brings beside its note, target and photos; `action` repeats the command's. */
export const CommandDetails = z.discriminatedUnion("action", [
  of("checked", { finding: z.enum(CHECK_FINDINGS) }),
  /** Whose mistake the return was; without it, sent elsewhere means the dispatch's. */
  of("dispatch", { returnFault: z.enum(RETURN_FAULTS) }),
  /** `nextDay` belongs to `scheduled` alone. Without details the result is `done`. */
  of("feed_back", { result: z.enum(FEEDBACK_RESULTS), nextDay: Day.nullable() }),
  of("merge", { intoCaseId: Id }),
  of("reopen", { reason: z.enum(REOPEN_REASONS) }),
  of("ask_suspension", { reason: z.enum(SUSPENSION_REASONS), endsOn: Day }),
  of("supervise", { level: z.enum(SUPERVISION_LEVELS) }),
  of("call_whistle", {
    kind: z.enum(WHISTLE_KINDS),
    unitCodes: z.array(Code).min(1).max(12),
  }),
  of("rate_whistle", { unitCode: Code, score: z.number().int().min(1).max(5) }),
  /** The sub-task's own limit; without it the county's. */
  of("assign_sub_task", { limit: Limit }),
  of("sign_sub_task", subTask),
  of("finish_sub_task", subTask),
  of("waive_sub_task", subTask),
]);
export type CommandDetails = z.infer<typeof CommandDetails>;
