import { CASE_STATES, type CaseState, type Tier } from "@onegrid/contract";
import { levelOf, tierOfLevel, type GridLevel, type LevelLengths } from "../grids/code.ts";
import type { Actor } from "./actor.ts";
import type { Case } from "./case.ts";

/** One reason why a case waits for somebody; a case waits when it meets any of them. */
export type Waiting = {
  states: readonly CaseState[];
  /** A word of `awaitsOf`: a side matter waits for them, whatever the state. */
  awaits: string | null;
  /** Tiers that hold it; null for any. */
  tiers: readonly Tier[] | null;
  /** Department that must hold it, when one is named. */
  unitCode: string | null;
  /** 四眼: not a case that this account disposed of itself. */
  notDisposedBy: string | null;
};

const HOLDERS_TURN = ["checking", "dispatched", "signed", "handled"] as const;
const DISPATCHERS_TURN = ["reported", "filed", "verified"] as const;

const tiersOf = (actor: Actor, level: GridLevel): Tier[] =>
  actor.role === "worker" ? ["level3", tierOfLevel(level)] : [tierOfLevel(level)];

/**
 * 我的待办: what waits for an actor first of all, narrower than what they may do. A head could
 * act for the grids below, and the county for every street, but their list holds their own turn.
 * Every condition is also within the actor's scope. An administrator handles no cases.
 */
export const waitsFor = (actor: Actor, lengths: LevelLengths): Waiting[] => {
  const any = { unitCode: null, notDisposedBy: null, awaits: null };
  const level = levelOf(actor.scopeCode, lengths) ?? 3;
  const turn: Waiting = { ...any, states: HOLDERS_TURN, tiers: tiersOf(actor, level) };
  const verification: Waiting = {
    ...any,
    states: ["fed_back"],
    tiers: null,
    notDisposedBy: actor.accountId,
  };
  const asked = (awaits: string, tiers: Waiting["tiers"] = null): Waiting => ({
    ...any,
    states: CASE_STATES,
    tiers,
    awaits,
  });
  const own = [turn, asked("holder", turn.tiers), asked(`grid:${actor.scopeCode}`)];
  const dispatching = (tiers: Waiting["tiers"]): Waiting[] => [
    { ...any, states: DISPATCHERS_TURN, tiers },
    asked("dispatcher", tiers),
  ];
  switch (actor.role) {
    case "department": {
      const { unitCode } = actor;
      return [
        { ...any, states: HOLDERS_TURN, tiers: ["department"], unitCode },
        { ...asked("holder", ["department"]), unitCode },
        asked(`unit:${unitCode ?? ""}`),
      ];
    }
    case "worker":
      return [...own, verification];
    case "head":
      return level <= 1
        ? [...own, verification, ...dispatching(null), asked("street_head")]
        : [...own, verification];
    case "street":
      return [...own, verification, ...dispatching(null)];
    case "county_centre":
      return [
        ...own,
        { ...verification, tiers: ["county", "department"] },
        ...dispatching(["county", "department"]),
        asked("county_centre"),
      ];
    default:
      return [];
  }
};

/** Whether a case meets one of the conditions; scope is the caller's to check. */
export const isWaiting = (c: Case, conditions: readonly Waiting[]): boolean =>
  conditions.some(
    ({ states, awaits, tiers, unitCode, notDisposedBy }) =>
      states.includes(c.state) &&
      (awaits === null || c.awaits.includes(awaits)) &&
      (tiers === null || tiers.includes(c.tier)) &&
      (unitCode === null || c.holderCode === unitCode) &&
      (notDisposedBy === null || c.disposedBy !== notDisposedBy),
  );
