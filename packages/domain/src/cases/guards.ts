import type { Actor } from "./actor.ts";
import { awaitedUnits, ownSubTasks } from "./actor.ts";
import { disposedOnTime, isSuspended, type Case } from "./case.ts";
import type { CaseRules } from "./case-rules.ts";
import type { Guard } from "./lifecycle.ts";
import type { LevelLengths } from "../grids/code.ts";
import {
  grantedCount,
  isOpenSubTask,
  openSupervision,
  openWhistle,
  pendingAppeal,
  pendingExtension,
  pendingSuspension,
  unratedUnits,
} from "./side/side.ts";

/** What guards look at beside the case. */
export type GuardContext = {
  levelLengths: LevelLengths;
  rules: CaseRules;
  /** First instant after a day in the county's time zone. */
  endOfDay: (day: string) => Date;
  now: Date;
};

/** Why an edge may not be taken: a code of the contract. */
export type GuardCode =
  | "cases.transition_not_allowed"
  | "cases.four_eyes"
  | "cases.too_late"
  | "cases.used_up";

type Check = (c: Case, actor: Actor, context: GuardContext) => GuardCode | undefined;

const DAY_MS = 86_400_000;
const NOT_NOW = "cases.transition_not_allowed";

const unless = (holds: boolean, code: GuardCode = NOT_NOW): GuardCode | undefined =>
  holds ? undefined : code;

/** 四眼: nobody decides on their own request. Neither residents nor the system have an account. */
const isOneOf = (actor: Actor, accounts: readonly (string | null | undefined)[]): boolean =>
  actor.accountId !== null && accounts.includes(actor.accountId);

const within = (since: Date | null, days: number, now: Date): boolean =>
  since !== null && now.getTime() <= since.getTime() + days * DAY_MS;

const decides = (
  matter: { state: string; askedBy: string | null; endorsedBy?: string | null } | undefined,
  states: readonly string[],
  actor: Actor,
): GuardCode | undefined => {
  if (matter === undefined || !states.includes(matter.state)) return NOT_NOW;
  return isOneOf(actor, [matter.askedBy, matter.endorsedBy]) ? "cases.four_eyes" : undefined;
};

const mayAskExtension: Check = ({ side, dueAt }, _actor, { rules, now }) => {
  if (dueAt === null || pendingExtension(side) !== undefined) return NOT_NOW;
  if (now > dueAt) return "cases.too_late";
  return unless(grantedCount(side.extensions) < rules.extensionMax, "cases.used_up");
};

const mayAskSuspension: Check = ({ side, dueAt }, _actor, { rules }) => {
  if (dueAt === null || pendingSuspension(side) !== undefined) return NOT_NOW;
  return unless(grantedCount(side.suspensions) < rules.suspensionMax, "cases.used_up");
};

const mayAppeal: Check = (c, _actor, { rules, now }) => {
  if (disposedOnTime(c) !== false || c.tier !== "department") return NOT_NOW;
  if (c.side.appeals.some(({ state }) => state !== "lapsed")) return "cases.used_up";
  return unless(within(c.closedAt, rules.appealDays, now), "cases.too_late");
};

/** A unit reviews only what nobody has reviewed yet; the dispatcher may refuse at either level. */
const extensionPending: Check = ({ side }, actor) =>
  decides(pendingExtension(side), ["asked", "endorsed"], actor);

const CHECKS: Record<Guard, Check> = {
  not_suspended: (c, _actor, { now }) => unless(!isSuspended(c, now)),
  suspended: (c, _actor, { now }) => unless(isSuspended(c, now)),
  nothing_open: ({ side }) =>
    unless(!side.subTasks.some(isOpenSubTask) && openSupervision(side) === undefined),
  reopenable: (c, _actor, { rules, now }) => {
    if (c.source !== "resident" && c.source !== "hotline") return NOT_NOW;
    if (c.side.reopenings.length > 0) return "cases.used_up";
    return unless(within(c.closedAt, rules.reopenDays, now), "cases.too_late");
  },
  no_owner_unknown: ({ side }) => unless(side.noOwner === null),
  owner_undecided: ({ side }) => unless(side.noOwner !== null && side.noOwner.decision === null),
  may_ask_extension: mayAskExtension,
  extension_asked: ({ side }, actor) => decides(pendingExtension(side), ["asked"], actor),
  extension_endorsed: ({ side }, actor) => decides(pendingExtension(side), ["endorsed"], actor),
  extension_pending: extensionPending,
  may_ask_suspension: mayAskSuspension,
  suspension_asked: ({ side }, actor) => decides(pendingSuspension(side), ["asked"], actor),
  suspension_ahead: ({ side }, _actor, { endOfDay, now }) => {
    const pending = pendingSuspension(side);
    return unless(pending !== undefined && endOfDay(pending.endsOn) > now, "cases.too_late");
  },
  no_supervision_open: ({ side }) => unless(openSupervision(side) === undefined),
  supervision_open: ({ side }) => unless(openSupervision(side) !== undefined),
  no_whistle_open: ({ side }) => unless(openWhistle(side) === undefined),
  whistle_called: ({ side }) => unless(openWhistle(side)?.state === "called"),
  whistle_approved: ({ side }) => unless(openWhistle(side)?.state === "approved"),
  units_awaited: (c, actor) => unless(awaitedUnits(actor, c).length > 0),
  units_unrated: ({ side }) => unless(unratedUnits(side).length > 0),
  may_appeal: mayAppeal,
  appeal_asked: ({ side }, actor) => decides(pendingAppeal(side), ["asked"], actor),
  appeal_endorsed: ({ side }, actor) => decides(pendingAppeal(side), ["endorsed"], actor),
  appeal_pending: ({ side }, actor) => decides(pendingAppeal(side), ["asked", "endorsed"], actor),
  sub_task_assigned: (c, actor, { levelLengths }) =>
    unless(ownSubTasks(actor, c, levelLengths).some(({ state }) => state === "assigned")),
  sub_tasks_open: ({ side }) => unless(side.subTasks.some(isOpenSubTask)),
};

/** The first reason among the guards why not; undefined when there is none. */
export const guardedBy = (
  guards: readonly Guard[],
  c: Case,
  actor: Actor,
  context: GuardContext,
): GuardCode | undefined => {
  for (const guard of guards) {
    const code = CHECKS[guard](c, actor, context);
    if (code !== undefined) return code;
  }
  return undefined;
};
