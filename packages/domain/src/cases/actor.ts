import type { ActorRole } from "@onegrid/contract";
import { isGridTier, isWithin, levelOf, levelOfTier, type LevelLengths } from "../grids/code.ts";
import type { Case } from "./case.ts";
import type { Relation } from "./lifecycle.ts";

/** Whoever acts: a signed-in account, a resident (no account) or the system. */
export type Actor = {
  role: ActorRole;
  accountId: string | null;
  /** Grid prefix the actor serves; the county code means everywhere. */
  scopeCode: string;
  unitCode: string | null;
};

type Held = Pick<Case, "tier" | "holderCode" | "gridCode">;

const GRID_ROLES: readonly ActorRole[] = ["worker", "head", "street", "county_centre"];

const isHolder = (actor: Actor, held: Held, lengths: LevelLengths): boolean => {
  if (held.holderCode === null) return false;
  if (!isGridTier(held.tier)) {
    return actor.role === "department" && actor.unitCode === held.holderCode;
  }
  if (!GRID_ROLES.includes(actor.role) || !isWithin(held.gridCode, actor.scopeCode)) return false;
  const actorLevel = levelOf(actor.scopeCode, lengths);
  // A worker's turn is the level-3 grid; heads act for their own level and for those below.
  return (
    actorLevel !== undefined &&
    actorLevel <= levelOfTier(held.tier) &&
    (actor.role !== "worker" || held.tier === "level3" || actorLevel === levelOfTier(held.tier))
  );
};

const isDispatcher = (actor: Actor, held: Held, lengths: LevelLengths): boolean => {
  if (!isWithin(held.gridCode, actor.scopeCode)) return false;
  if (actor.role === "street" || actor.role === "county_centre") return true;
  // 一级网格长 leads the street, so the street's pool is also theirs.
  return actor.role === "head" && (levelOf(actor.scopeCode, lengths) ?? 3) <= 1;
};

/** Whether the actor stands in the relation to the case. The system stands in every one. */
export const stands = (
  actor: Actor,
  relation: Relation,
  held: Held,
  lengths: LevelLengths,
): boolean => {
  if (actor.role === "system") return true;
  switch (relation) {
    case "holder":
      return isHolder(actor, held, lengths);
    case "dispatcher":
      return isDispatcher(actor, held, lengths);
    case "grid_staff":
      return GRID_ROLES.includes(actor.role) && isWithin(held.gridCode, actor.scopeCode);
  }
};
