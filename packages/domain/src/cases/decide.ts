import type { CaseAction, Limit, Refusal, Tier } from "@onegrid/contract";
import {
  gridHolder,
  isGridTier,
  levelOfTier,
  tierOfLevel,
  type GridLevel,
  type LevelLengths,
} from "../grids/code.ts";
import { isRefused, type Refused } from "../refused.ts";
import { stands, type Actor } from "./actor.ts";
import type { Case } from "./case.ts";
import type { CaseEventBody, MoveData } from "./event.ts";
import { edgeFor, LIFECYCLE, type Edge } from "./lifecycle.ts";

/** What a rule may know of the county. `dueAt` is total: it never fails for a valid limit. */
export type CaseContext = {
  levelLengths: LevelLengths;
  /** Limit and owner of the case's category in its present version. */
  category: { limit: Limit; startTier: Tier; ownerUnitCode: string | null };
  dueAt: (startAt: Date, limit: Limit) => Date;
  /** 派遣规则: where the county's own rules send a case; null when none of them takes it. */
  ruleFor?: (c: RuledFacts) => MoveData | null;
  now: Date;
};

/** What dispatch rules look at of a case. */
export type RuledFacts = Pick<
  Case,
  "gridCode" | "categoryCode" | "net" | "emergency" | "source" | "componentCode"
>;

export type Command = {
  action: CaseAction;
  note: string | null;
  target: { tier: Tier; unitCode?: string } | null;
  attachmentIds: string[];
};

export type Decided = CaseEventBody & { by: "actor" | "system" };

const no = (
  code: string,
  status: Refusal["status"],
  detail: string,
  params?: Record<string, unknown>,
): Refused => ({ refused: { code, status, detail, ...(params && { params }) } });

/**
 * 派遣规则: where a filed case goes by itself — the first of the county's rules that takes it, and
 * the authority line of its category when none does.
 */
export const ruleTarget = (
  c: RuledFacts,
  context: Pick<CaseContext, "category" | "levelLengths" | "ruleFor">,
): MoveData => context.ruleFor?.(c) ?? authorityTarget(c, context);

/** 权责清单: where the authority line of its category sends a case. */
export const authorityTarget = (
  c: Pick<Case, "gridCode">,
  context: Pick<CaseContext, "category" | "levelLengths">,
): MoveData => {
  const { startTier, ownerUnitCode } = context.category;
  if (!isGridTier(startTier) && ownerUnitCode !== null) {
    return { tier: "department", holderCode: ownerUnitCode, note: null, rule: "category.owner" };
  }
  const tier = isGridTier(startTier) ? startTier : "county";
  return {
    ...gridHolder(tier, c.gridCode, context.levelLengths),
    note: null,
    rule: "category.tier",
  };
};

/** The pool of whoever dispatches a place: its street, or the county where it has none. */
export const dispatcherPool = (gridCode: string, lengths: LevelLengths) =>
  gridHolder("level1", gridCode, lengths);

const filing = (c: Case, note: string | null, context: CaseContext): Decided[] => {
  const { limit } = context.category;
  const dueAt = context.dueAt(context.now, limit).toISOString();
  return [
    { kind: "file", data: { limit, dueAt, note }, by: "actor" },
    { kind: "dispatch", data: ruleTarget(c, context), by: "system" },
  ];
};

const target = (c: Case, command: Command, context: CaseContext): MoveData | Refused => {
  const wanted = command.target;
  if (wanted === null) {
    return no("cases.target_required", 422, "dispatch names a tier, or a department");
  }
  if (isGridTier(wanted.tier)) {
    const holder = gridHolder(wanted.tier, c.gridCode, context.levelLengths);
    if (holder.tier !== wanted.tier) {
      return no("cases.no_grid_at_tier", 422, "the place has no grid at this tier", {
        tier: wanted.tier,
        nearest: holder.tier,
      });
    }
    return { ...holder, note: command.note, rule: null };
  }
  if (wanted.unitCode === undefined) {
    return no("cases.target_required", 422, "tier department names its unitCode");
  }
  return { tier: "department", holderCode: wanted.unitCode, note: command.note, rule: null };
};

const nextTier = (c: Case, command: Command, context: CaseContext): MoveData => {
  const own = isGridTier(c.tier) ? levelOfTier(c.tier) : 0;
  const tier = tierOfLevel(Math.max(0, own - 1) as GridLevel);
  return { ...gridHolder(tier, c.gridCode, context.levelLengths), note: command.note, rule: null };
};

const bodies = (c: Case, command: Command, context: CaseContext): Decided[] | Refused => {
  const { action, note, attachmentIds } = command;
  switch (action) {
    case "file":
      return filing(c, note, context);
    case "dispatch": {
      const moved = target(c, command, context);
      return isRefused(moved) ? moved : [{ kind: action, data: moved, by: "actor" }];
    }
    case "escalate":
      return [{ kind: action, data: nextTier(c, command, context), by: "actor" }];
    case "return": {
      const pool = dispatcherPool(c.gridCode, context.levelLengths);
      return [{ kind: action, data: { ...pool, note, rule: null }, by: "actor" }];
    }
    default:
      return [{ kind: action, data: { note, attachmentIds }, by: "actor" }];
  }
};

const forbids = (edge: Edge, c: Case, actor: Actor, lengths: LevelLengths) => {
  if (edge.gridTierOnly && !isGridTier(c.tier)) return "cases.transition_not_allowed";
  // The county is the last tier: there is nobody above to take it.
  if (edge.action === "escalate" && c.tier === "county") return "cases.transition_not_allowed";
  if (!edge.by.some((relation) => stands(actor, relation, c, lengths)))
    return "cases.not_in_charge";
  if (edge.notByDisposer && actor.accountId !== null && actor.accountId === c.disposedBy) {
    return "cases.four_eyes";
  }
  return undefined;
};

/** Edges the actor may take now, in the table's order: what the fronts draw as buttons. */
export const allowedActions = (c: Case, actor: Actor, lengths: LevelLengths): Edge[] =>
  LIFECYCLE.filter(
    (edge) => edge.from.includes(c.state) && forbids(edge, c, actor, lengths) === undefined,
  );

/**
 * The transition function: which events a command writes, or why it may not.
 * Pure; the caller holds the lock, checks `baseVersion`, numbers and stores what comes back.
 * Refusals: `cases.transition_not_allowed`, `cases.not_in_charge`, `cases.four_eyes`,
 * `cases.note_required`, `cases.target_required`, `cases.no_grid_at_tier`.
 */
export const decide = (
  c: Case,
  command: Command,
  actor: Actor,
  context: CaseContext,
): Decided[] | Refused => {
  const edge = edgeFor(command.action, c.state);
  const lengths = context.levelLengths;
  const allowed = () => allowedActions(c, actor, lengths).map((e) => e.action);
  const code = edge ? forbids(edge, c, actor, lengths) : "cases.transition_not_allowed";
  if (edge === undefined || code === "cases.transition_not_allowed") {
    return no("cases.transition_not_allowed", 409, `not possible in state ${c.state}`, {
      action: command.action,
      state: c.state,
      tier: c.tier,
      allowed: allowed(),
    });
  }
  if (code !== undefined) {
    return no(code, 403, "somebody else is in charge of this step", {
      action: command.action,
      allowed: allowed(),
    });
  }
  if (edge.noteRequired && (command.note === null || command.note.trim() === "")) {
    return no("cases.note_required", 422, "this step needs words: a reason or the result", {
      action: command.action,
    });
  }
  return bodies(c, command, context);
};
