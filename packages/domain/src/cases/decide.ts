import type { Refusal, Tier } from "@onegrid/contract";
import { gridHolder } from "../grids/code.ts";
import { isRefused, refuse, type Refused } from "../refused.ts";
import type { Actor } from "./actor.ts";
import { allowedActions, forbids } from "./allowed.ts";
import type { Case } from "./case.ts";
import { attachDue } from "./attach-due.ts";
import { detailsOf, type CaseContext, type Command, type Decided } from "./command.ts";
import type { CaseEventBody, FileData, MoveData } from "./event.ts";
import { edgeFor } from "./lifecycle.ts";
import { decideSide } from "./side/decide-side.ts";
import {
  dispatcherPool,
  namedHolder,
  nextTier,
  ruleTarget,
  stageLimits,
  type RuledFacts,
} from "./targets.ts";

/** 立案 data: limit and deadline, with the versions they were counted by. */
export const fileData = (
  note: string | null,
  context: Pick<
    CaseContext,
    "category" | "dueAt" | "now" | "rules" | "calendarVersion" | "rulesVersion"
  >,
): FileData => {
  const { limit } = context.category;
  const amber = { amount: limit.amount * context.rules.amberRatio, unit: limit.unit };
  return {
    limit,
    dueAt: context.dueAt(context.now, limit).toISOString(),
    note,
    amberAt: context.dueAt(context.now, amber).toISOString(),
    calendarVersion: context.calendarVersion,
    rulesVersion: context.rulesVersion,
  };
};

/** Where the rules send a newly filed case, with the limits of that turn. */
export const firstMove = (c: RuledFacts, context: CaseContext): MoveData => {
  const move = ruleTarget(c, context);
  return { ...move, stage: stageLimits(move.tier, c, context.rules) };
};

const main = (c: Case, command: Command, context: CaseContext): CaseEventBody[] | Refused => {
  const { action, note, attachmentIds } = command;
  const { levelLengths, rules } = context;
  const plain = { note, attachmentIds };
  const pool = () => dispatcherPool(c.gridCode, levelLengths);
  const move = (holder: { tier: Tier; holderCode: string }): MoveData => ({
    tier: holder.tier,
    holderCode: holder.holderCode,
    note,
    rule: null,
    stage: stageLimits(holder.tier, c, rules),
  });
  switch (action) {
    case "check": {
      const holder = gridHolder("level3", c.gridCode, levelLengths);
      return [{ kind: action, data: { ...holder, note, rule: null, limit: rules.checkLimit } }];
    }
    case "checked": {
      const finding = detailsOf(command, action)?.finding ?? "confirmed";
      return [{ kind: action, data: { ...plain, ...pool(), finding } }];
    }
    case "dispatch": {
      const holder = namedHolder(c, command.target, levelLengths);
      if (isRefused(holder)) return holder;
      const returnFault = detailsOf(command, action)?.returnFault;
      return [{ kind: action, data: { ...move(holder), ...(returnFault && { returnFault }) } }];
    }
    case "escalate":
      return [{ kind: action, data: move(nextTier(c, levelLengths)) }];
    case "mark_no_owner":
      return [{ kind: action, data: move(gridHolder("level1", c.gridCode, levelLengths)) }];
    case "return":
      return [{ kind: action, data: { ...pool(), note, rule: null } }];
    case "rework":
      return [{ kind: action, data: { ...plain, stage: stageLimits(c.tier, c, rules) } }];
    case "feed_back": {
      const details = detailsOf(command, action);
      const result = details?.result ?? "done";
      const nextDay = details?.nextDay ?? null;
      if ((result === "scheduled") !== (nextDay !== null)) {
        return refuse("cases.next_day_required", 422, "`scheduled`, and it alone, names the day");
      }
      return [{ kind: action, data: { ...plain, result, nextDay } }];
    }
    case "merge": {
      const intoCaseId = detailsOf(command, action)?.intoCaseId ?? c.caseId;
      return intoCaseId === c.caseId
        ? refuse("cases.merge_target", 422, "a case is merged into another one")
        : [{ kind: action, data: { ...plain, intoCaseId } }];
    }
    case "reopen": {
      const reason = detailsOf(command, action)?.reason ?? "other";
      return [{ kind: action, data: { ...plain, ...pool(), reason } }];
    }
    case "refuse":
    case "sign":
    case "handle":
    case "verify":
    case "close":
    case "self_handle":
    case "void":
      return [{ kind: action, data: plain }];
    case "file":
      return [{ kind: action, data: fileData(note, context) }];
    default:
      return [];
  }
};

const STATUS: Record<string, Refusal["status"]> = {
  "cases.not_in_charge": 403,
  "cases.four_eyes": 403,
};

const missing = (command: Command, edge: NonNullable<ReturnType<typeof edgeFor>>) => {
  const { action, note, details } = command;
  // The software names its rule instead of giving reasons.
  if (edge.noteRequired && (note === null || note.trim() === "")) {
    return refuse("cases.note_required", 422, "this step needs words: a reason or the result", {
      action,
    });
  }
  if (details !== null && details.action !== action) {
    return refuse("cases.details_required", 422, "the details are another action's", { action });
  }
  return edge.detailsRequired && details === null
    ? refuse("cases.details_required", 422, "this step brings details", { action })
    : undefined;
};

/**
 * The transition function: which events a command writes, or why it may not.
 * Pure; the caller holds the lock, checks `baseVersion`, numbers and stores what comes back.
 * Refusals: `cases.transition_not_allowed`, `cases.not_in_charge`, `cases.four_eyes`,
 * `cases.too_late`, `cases.used_up`, `cases.note_required`, `cases.details_required`,
 * `cases.target_required`, `cases.no_grid_at_tier`, `cases.next_day_required`,
 * `cases.merge_target` and those of `decideSide`.
 */
export const decide = (
  c: Case,
  command: Command,
  actor: Actor,
  context: CaseContext,
): Decided[] | Refused => {
  const { action } = command;
  const edge = edgeFor(action, c.state);
  const allowed = () => allowedActions(c, actor, context).map((e) => e.action);
  const code = edge ? forbids(edge, c, actor, context) : "cases.transition_not_allowed";
  if (edge === undefined || code === "cases.transition_not_allowed") {
    return refuse("cases.transition_not_allowed", 409, `not possible in state ${c.state}`, {
      action,
      state: c.state,
      tier: c.tier,
      allowed: allowed(),
    });
  }
  if (code !== undefined) {
    return refuse(code, STATUS[code] ?? 409, "not this step, not by this actor or not any more", {
      action,
      allowed: allowed(),
    });
  }
  const lacking = missing(command, edge);
  if (lacking !== undefined) return lacking;
  const bodies =
    edge.to === null ? decideSide(c, command, actor, context) : main(c, command, context);
  if (isRefused(bodies)) return bodies;
  const own = bodies.map((body) => ({ ...attachDue(c, body, context), by: "actor" as const }));
  if (action !== "file") return own;
  return [...own, { kind: "dispatch", data: firstMove(c, context), by: "system" }];
};
