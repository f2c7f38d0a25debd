import type { ActorRole } from "@onegrid/contract";
import { isGridTier, isWithin, levelOf, levelOfTier, type LevelLengths } from "../grids/code.ts";
import type { Case } from "./case.ts";
import type { Relation } from "./lifecycle.ts";
import { isOpenSubTask, openWhistle, type SubTask } from "./side/side.ts";

/** Whoever acts: a signed-in account, a resident (no account) or the system. */
export type Actor = {
  role: ActorRole;
  accountId: string | null;
  /** Grid prefix the actor serves; the county code means everywhere. */
  scopeCode: string;
  unitCode: string | null;
};

type Held = Pick<Case, "tier" | "holderCode" | "gridCode" | "involvedUnits" | "side">;

const GRID_ROLES: readonly ActorRole[] = ["worker", "head", "street", "county_centre"];

const holds = (
  actor: Actor,
  held: Pick<Case, "tier" | "holderCode">,
  gridCode: string,
  lengths: LevelLengths,
): boolean => {
  if (held.holderCode === null) return false;
  if (!isGridTier(held.tier)) {
    return actor.role === "department" && actor.unitCode === held.holderCode;
  }
  if (!GRID_ROLES.includes(actor.role) || !isWithin(gridCode, actor.scopeCode)) return false;
  const actorLevel = levelOf(actor.scopeCode, lengths);
  // A worker's turn is the level-3 grid; heads act for their own level and for those below.
  return (
    actorLevel !== undefined &&
    actorLevel <= levelOfTier(held.tier) &&
    (actor.role !== "worker" || held.tier === "level3" || actorLevel === levelOfTier(held.tier))
  );
};

/** Open sub-tasks that are the actor's to do. */
export const ownSubTasks = (actor: Actor, held: Held, lengths: LevelLengths): SubTask[] =>
  held.side.subTasks.filter(
    (task) =>
      isOpenSubTask(task) &&
      (actor.role === "system" || holds(actor, task, held.gridCode, lengths)),
  );

/** Units of the approved whistle that are still awaited and that the actor speaks for. */
export const awaitedUnits = (actor: Actor, held: Pick<Held, "side">): string[] => {
  const whistle = openWhistle(held.side);
  if (whistle?.state !== "approved") return [];
  return whistle.units
    .filter(
      ({ unitCode, arrivedAt }) =>
        arrivedAt === null &&
        (actor.role === "system" || (actor.role === "department" && actor.unitCode === unitCode)),
    )
    .map(({ unitCode }) => unitCode);
};

const isStreetHead = (actor: Actor, held: Held, lengths: LevelLengths): boolean =>
  isWithin(held.gridCode, actor.scopeCode) &&
  (actor.role === "county_centre" ||
    (actor.role === "head" && (levelOf(actor.scopeCode, lengths) ?? 3) <= 1));

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
      return holds(actor, held, held.gridCode, lengths);
    case "dispatcher":
      return isDispatcher(actor, held, lengths);
    case "grid_staff":
      return GRID_ROLES.includes(actor.role) && isWithin(held.gridCode, actor.scopeCode);
    case "street_head":
      return isStreetHead(actor, held, lengths);
    case "county_centre":
      return actor.role === "county_centre" && isWithin(held.gridCode, actor.scopeCode);
    case "called_unit":
      return awaitedUnits(actor, held).length > 0;
    case "sub_task_holder":
      return ownSubTasks(actor, held, lengths).length > 0;
    case "last_unit":
      return (
        actor.role === "department" &&
        held.tier === "department" &&
        actor.unitCode !== null &&
        held.involvedUnits.at(-1) === actor.unitCode
      );
    case "reporter":
      return actor.role === "resident";
  }
};
