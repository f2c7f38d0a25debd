import { isRefused, refuse, type Refused } from "../../refused.ts";
import { awaitedUnits, type Actor } from "../actor.ts";
import { subTasksFor, unitsFor } from "../allowed.ts";
import type { Case } from "../case.ts";
import { detailsOf, type CaseContext, type Command } from "../command.ts";
import type { CaseEventBody } from "../event.ts";
import { namedHolder } from "../targets.ts";
import { pendingSuspension } from "./side.ts";

const DAY_MS = 86_400_000;

const suspension = (command: Command, context: CaseContext): CaseEventBody[] | Refused => {
  const details = detailsOf(command, "ask_suspension");
  if (details === null) return [];
  const { reason, endsOn } = details;
  const resumesAtMs = context.endOfDay(endsOn).getTime();
  const nowMs = context.now.getTime();
  if (resumesAtMs <= nowMs) {
    return refuse("cases.suspension_ended_already", 422, "a suspension ends after it begins");
  }
  const { suspensionMaxDays } = context.rules;
  // Its last day counts in full.
  if (resumesAtMs > nowMs + (suspensionMaxDays + 1) * DAY_MS) {
    return refuse("cases.suspension_too_long", 422, "the suspension is longer than allowed", {
      maxDays: suspensionMaxDays,
    });
  }
  const { note, attachmentIds } = command;
  return [{ kind: "ask_suspension", data: { note, attachmentIds, reason, endsOn } }];
};

const onSubTask = (
  action: "sign_sub_task" | "finish_sub_task" | "waive_sub_task",
  c: Case,
  command: Command,
  actor: Actor,
  context: CaseContext,
): CaseEventBody[] | Refused => {
  const subTask = detailsOf(command, action)?.subTask ?? 0;
  const { note, attachmentIds } = command;
  return subTasksFor(action, c, actor, context).includes(subTask)
    ? [{ kind: action, data: { note, attachmentIds, subTask } }]
    : refuse("cases.unknown_sub_task", 422, "no such sub-task that this step concerns", {
        subTask,
      });
};

/**
 * The event of a side matter's action, once the table allows it.
 * Refusals: `cases.suspension_ended_already`, `cases.suspension_too_long`,
 * `cases.unknown_sub_task`, `cases.unknown_whistle_unit`, `cases.target_required`,
 * `cases.no_grid_at_tier`.
 */
export const decideSide = (
  c: Case,
  command: Command,
  actor: Actor,
  context: CaseContext,
): CaseEventBody[] | Refused => {
  const { action, note, attachmentIds } = command;
  const { rules, now, levelLengths } = context;
  const plain = { note, attachmentIds };
  const deadline = (limit: Parameters<typeof context.dueAt>[1]) =>
    context.dueAt(now, limit).toISOString();
  switch (action) {
    case "ask_suspension":
      return suspension(command, context);
    case "grant_suspension": {
      const endsOn = pendingSuspension(c.side)?.endsOn;
      if (endsOn === undefined) return [];
      const resumesAt = context.endOfDay(endsOn).toISOString();
      return [{ kind: action, data: { ...plain, resumesAt } }];
    }
    case "supervise": {
      const level = detailsOf(command, action)?.level ?? "ordinary";
      const limit = rules.supervisionLimits[level];
      return [{ kind: action, data: { ...plain, level, limit, answerBy: deadline(limit) } }];
    }
    case "call_whistle": {
      const details = detailsOf(command, action);
      if (details === null) return [];
      const unitCodes = [...new Set(details.unitCodes)];
      return [{ kind: action, data: { ...plain, kind: details.kind, unitCodes } }];
    }
    case "approve_whistle": {
      const kind = c.side.whistles.at(-1)?.kind ?? "coordination";
      const limit = rules.whistleLimits[kind];
      return [{ kind: action, data: { ...plain, limit, arriveBy: deadline(limit) } }];
    }
    case "arrive": {
      const [unitCode] = awaitedUnits(actor, c);
      return unitCode === undefined ? [] : [{ kind: action, data: { ...plain, unitCode } }];
    }
    case "rate_whistle": {
      const details = detailsOf(command, action);
      if (details === null || !unitsFor(action, c).includes(details.unitCode)) {
        return refuse("cases.unknown_whistle_unit", 422, "no such unit waits to be rated");
      }
      const { unitCode, score } = details;
      return [{ kind: action, data: { ...plain, unitCode, score } }];
    }
    case "assign_sub_task": {
      const holder = namedHolder(c, command.target, levelLengths);
      if (isRefused(holder)) return holder;
      const limit = detailsOf(command, action)?.limit ?? rules.subTaskLimit;
      const { tier, holderCode } = holder;
      const data = { ...plain, tier, holderCode, limit, dueAt: deadline(limit) };
      return [{ kind: action, data }];
    }
    case "sign_sub_task":
    case "finish_sub_task":
    case "waive_sub_task":
      return onSubTask(action, c, command, actor, context);
    case "decide_owner": {
      const holder = namedHolder(c, command.target, levelLengths);
      if (isRefused(holder)) return holder;
      const { tier, holderCode } = holder;
      return [{ kind: action, data: { ...plain, tier, holderCode } }];
    }
    case "ask_extension":
    case "endorse_extension":
    case "grant_extension":
    case "refuse_extension":
    case "refuse_suspension":
    case "resume":
    case "answer_supervision":
    case "decline_whistle":
    case "end_whistle":
    case "ask_appeal":
    case "endorse_appeal":
    case "grant_appeal":
    case "refuse_appeal":
      return [{ kind: action, data: plain }];
    default:
      return [];
  }
};
