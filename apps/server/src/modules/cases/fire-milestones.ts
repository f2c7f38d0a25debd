import {
  autoEscalate,
  caseMilestones,
  clocksOf,
  isWorkingInstant,
  nextWorkingInstant,
  type Clock,
  type EscalationRule,
} from "@onegrid/domain";
import { everywhere, systemActor, type CountyContext } from "../../platform/context.ts";
import { inScope, type Db, type Trx } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { appendToCase, type LockedCase } from "./append-events.ts";
import { publishCases } from "./case-feed.ts";
import { eventOfRow } from "./case-row.ts";
import { lockCase, readLogFor } from "./case-store.ts";
import { countyRules, type CountyRules } from "./county-rules.ts";
import {
  claimDueCase,
  markFired,
  postponeDue,
  readDue,
  readNextFire,
  storeNextMilestone,
  type DueMilestone,
} from "./milestone-store.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Fires what has come due on the clocks of cases; runs every minute. */
    "cases.fire_milestones": Record<string, never>;
  }
}

/** At most so many a run: a backlog after a long stop is worked off in several. */
const AT_MOST = 5_000;

const RULES: Partial<Record<string, EscalationRule>> = {
  hold: "clock.hold_ran_out",
  sign: "clock.sign_ran_out",
};

const isUrgent = (clock: Clock): boolean =>
  clock.limit.unit === "urgent_hour" || clock.limit.unit === "urgent_day";

/** When to tell instead, where it came due while nobody is at work; null: now. */
const laterThan = (
  due: DueMilestone,
  clocks: ReadonlyMap<string, Clock>,
  { counting: { calendar } }: LockedCase,
  now: Date,
): Date | null => {
  const clock = clocks.get(due.clock_key);
  if (clock === undefined || isUrgent(clock) || isWorkingInstant(calendar, now.getTime())) {
    return null;
  }
  const next = nextWorkingInstant(calendar, now.getTime());
  return next === null ? null : new Date(next);
};

/** What came of one claim. */
export type Fired = DueMilestone & { escalated: boolean };

const fireOne = async (
  trx: Trx,
  db: Db,
  county: CountyContext,
  rules: CountyRules,
  now: Date,
  /** The case to look at; without it, whichever has been due longest. */
  only?: string,
): Promise<Fired | "postponed" | undefined> => {
  const { countyCode } = county;
  const caseId = only ?? (await claimDueCase(trx, countyCode, now));
  const before = caseId === undefined ? undefined : await lockCase(trx, countyCode, caseId);
  if (before === undefined) return undefined;
  const { rows } = await readLogFor(trx, countyCode, before.caseId, null);
  const locked = { before, rows, counting: await rules.countingOf(before) };
  const clocks = clocksOf(rows.map(eventOfRow));
  const due = await readDue(trx, countyCode, before.caseId, now);
  if (due === undefined) return "postponed";
  const later = laterThan(due, clocks, locked, now);
  if (later !== null) {
    await postponeDue(trx, countyCode, due, later);
    return "postponed";
  }
  await markFired(trx, countyCode, due, now);
  const rule = due.key === "due" ? RULES[due.clock_key.split(":")[0] ?? ""] : undefined;
  const up =
    rule === undefined
      ? null
      : autoEscalate(before, rule, {
          levelLengths: county.levelLengths,
          rules: rules.present.rules,
          now,
        });
  if (up === null) {
    const { rules: frozen, calendar } = locked.counting;
    const milestones = caseMilestones(clocks, frozen, calendar);
    await storeNextMilestone(trx, countyCode, before.caseId, milestones);
    return { ...due, escalated: false };
  }
  const last = rows.at(-1)?.occurred_at ?? now;
  const after = await appendToCase(trx, countyCode, locked, [up], {
    actor: systemActor(countyCode),
    occurredAt: now < last ? last : now,
    rules,
    command: null,
  });
  publishCases(db, countyCode, [after], "escalate");
  return { ...due, escalated: true };
};

/**
 * Fires every milestone of a county that is due: each in a transaction of its own that locks its
 * case, marks the milestone, lets the case go up where its tier's time has run out, and writes the
 * next one. A crash undoes it whole; two workers never take the same case. Outside working hours
 * only urgent clocks are heard. Answers what was fired.
 */
export const fireMilestones = async (
  db: Db,
  county: CountyContext,
  now: Date,
  atMost = AT_MOST,
): Promise<Fired[]> => {
  const scope = everywhere(county.countyCode);
  const rules = await countyRules({ db, county });
  const fired: Fired[] = [];
  for (let turn = 0; turn < atMost; turn += 1) {
    const one = await inScope(db, scope, (trx) => fireOne(trx, db, county, rules, now));
    if (one === undefined) break;
    if (one !== "postponed") fired.push(one);
  }
  return fired;
};

/**
 * Fires what comes due on one case until a moment, each at its own: for a case whose life is told and
 * not lived, as in a replay. Answers what was fired.
 */
export const fireMilestonesOf = async (
  db: Db,
  county: CountyContext,
  caseId: string,
  until: Date,
): Promise<Fired[]> => {
  const { countyCode } = county;
  const scope = everywhere(countyCode);
  const rules = await countyRules({ db, county });
  const fired: Fired[] = [];
  for (;;) {
    const one = await inScope(db, scope, async (trx) => {
      const at = await readNextFire(trx, countyCode, caseId);
      return at === undefined || at > until
        ? undefined
        : fireOne(trx, db, county, rules, at, caseId);
    });
    if (one === undefined) return fired;
    if (one !== "postponed") fired.push(one);
  }
};

const fireAll = async ({ database, clock }: WorkerServices): Promise<void> => {
  for (const county of await readCounties(database.db)) {
    await fireMilestones(database.db, county, clock.now());
  }
};

export const milestoneTasks = { "cases.fire_milestones": fireAll } satisfies Tasks;
