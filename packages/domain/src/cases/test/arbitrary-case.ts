import type { CaseAction, CommandDetails, Limit, Tier } from "@onegrid/contract";
import {
  ACCOUNT_ROLES,
  CASE_ACTIONS,
  CHECK_FINDINGS,
  FEEDBACK_RESULTS,
  LIMIT_UNITS,
  NETS,
  REOPEN_REASONS,
  SUPERVISION_LEVELS,
  TIERS,
  WHISTLE_KINDS,
} from "@onegrid/contract";
import fc from "fast-check";
import { DEFAULT_WINDOWS, fiveDayWeek } from "../../calendar/calendar-spec.ts";
import { dueAt } from "../../calendar/deadline.ts";
import { compiled } from "../../calendar/test/arbitrary-calendar.ts";
import { fullLimit } from "../../clocks/read-clock.ts";
import { isRefused } from "../../refused.ts";
import type { LevelLengths } from "../../grids/code.ts";
import {
  allowedActions,
  applyEvent,
  autoEscalate,
  decide,
  DEFAULT_CASE_RULES,
  foldCase,
  openCase,
  subTasksFor,
  unitsFor,
  type Actor,
  type Case,
  type CaseContext,
} from "../index.ts";
import type { CaseEvent, Command, Decided, Report } from "../index.ts";

export const LENGTHS: LevelLengths = [6, 9, 12, 15];
export const CODES = [
  "500231",
  "500231001",
  "500231001001",
  "500231001001001",
  "500231001002",
  "500231002001",
];
export const UNITS = ["cg", "zj"];
const ACCOUNTS = ["a", "b", "c"];
const HOUR_MS = 3_600_000;

export const CALENDAR = compiled({
  version: 3,
  timeZone: "Asia/Shanghai",
  hours: [
    {
      fromDay: "2026-01-01",
      week: fiveDayWeek(DEFAULT_WINDOWS),
      workdayWindows: DEFAULT_WINDOWS,
    },
  ],
  days: [],
  confirmedYears: [2026],
  fromDay: "2026-01-01",
  toDay: "2029-01-01",
});

export const arbitraryActor: fc.Arbitrary<Actor> = fc
  .record({
    role: fc.constantFrom(...ACCOUNT_ROLES, "resident" as const, "system" as const),
    accountId: fc.constantFrom(...ACCOUNTS),
    scopeCode: fc.constantFrom(...CODES),
    unitCode: fc.constantFrom(...UNITS),
  })
  .map(({ role, accountId, scopeCode, unitCode }) => ({
    role,
    scopeCode,
    accountId: role === "resident" || role === "system" ? null : accountId,
    unitCode: role === "department" ? unitCode : null,
  }));

const arbitraryDetails: fc.Arbitrary<CommandDetails | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    action: fc.constant("checked" as const),
    finding: fc.constantFrom(...CHECK_FINDINGS),
  }),
  fc.record({
    action: fc.constant("feed_back" as const),
    result: fc.constantFrom(...FEEDBACK_RESULTS),
    nextDay: fc.constantFrom(null, "2026-12-01"),
  }),
  fc.record({
    action: fc.constant("merge" as const),
    intoCaseId: fc.constantFrom("case", "other"),
  }),
  fc.record({
    action: fc.constant("reopen" as const),
    reason: fc.constantFrom(...REOPEN_REASONS),
  }),
  fc.record({
    action: fc.constant("ask_suspension" as const),
    reason: fc.constant("season" as const),
    endsOn: fc.constantFrom("2026-11-23", "2026-11-24", "2026-11-25", "2026-12-09", "2031-01-01"),
  }),
  fc.record({
    action: fc.constant("supervise" as const),
    level: fc.constantFrom(...SUPERVISION_LEVELS),
  }),
  fc.record({
    action: fc.constant("call_whistle" as const),
    kind: fc.constantFrom(...WHISTLE_KINDS),
    unitCodes: fc.subarray(UNITS, { minLength: 1 }),
  }),
  fc.record({
    action: fc.constantFrom(
      "sign_sub_task" as const,
      "finish_sub_task" as const,
      "waive_sub_task" as const,
    ),
    subTask: fc.integer({ min: 1, max: 3 }),
  }),
);

export const arbitraryCommand: fc.Arbitrary<Command> = fc.record({
  action: fc.constantFrom(...CASE_ACTIONS),
  note: fc.constantFrom(null, " ", "words"),
  target: fc.oneof(
    fc.constant(null),
    fc.record({ tier: fc.constantFrom(...TIERS), unitCode: fc.constantFrom(...UNITS) }),
  ),
  attachmentIds: fc.subarray(["p1", "p2"]),
  details: arbitraryDetails,
});

const dayAfter = (at: Date, days: number): string =>
  new Date(at.getTime() + days * 24 * HOUR_MS).toISOString().slice(0, 10);

const numberOf = (action: CaseAction, c: Case, actor: Actor): number =>
  subTasksFor(action, c, actor, { levelLengths: LENGTHS })[0] ?? 1;

const wellMadeDetails = (
  action: CaseAction,
  c: Case,
  actor: Actor,
  now: Date,
): CommandDetails | null => {
  switch (action) {
    case "checked":
      return { action, finding: "confirmed" };
    case "merge":
      return { action, intoCaseId: "other" };
    case "reopen":
      return { action, reason: "not_done" };
    case "ask_suspension":
      return { action, reason: "season", endsOn: dayAfter(now, 10) };
    case "supervise":
      return { action, level: "key" };
    case "call_whistle":
      return { action, kind: "urgent", unitCodes: UNITS };
    case "rate_whistle":
      return { action, unitCode: unitsFor(action, c)[0] ?? "", score: 4 };
    case "sign_sub_task":
    case "finish_sub_task":
    case "waive_sub_task":
      return { action, subTask: numberOf(action, c, actor) };
    default:
      return null;
  }
};

const TARGETS: Partial<Record<CaseAction, Command["target"]>> = {
  dispatch: { tier: "department", unitCode: "cg" },
  assign_sub_task: { tier: "department", unitCode: "zj" },
};

/** A command with everything that its action may need, so that only who and when can refuse it. */
export const wellMadeCommand = (action: CaseAction, c: Case, actor: Actor, now: Date): Command => ({
  action,
  note: "words",
  target: TARGETS[action] ?? { tier: "county" },
  attachmentIds: [],
  details: wellMadeDetails(action, c, actor, now),
});

const arbitraryLimit: fc.Arbitrary<Limit> = fc.record({
  amount: fc.integer({ min: 1, max: 50 }),
  unit: fc.constantFrom(...LIMIT_UNITS),
});

export const arbitraryCategory = fc
  .record({
    limit: arbitraryLimit,
    startTier: fc.constantFrom<Tier>(...TIERS),
    ownerUnitCode: fc.constantFrom(null, ...UNITS),
  })
  .map(({ limit, startTier, ownerUnitCode }) => ({
    limit,
    startTier,
    ownerUnitCode: startTier === "department" ? "cg" : ownerUnitCode,
  }));

const deadline = (startMs: number, limit: Limit, pauses: Parameters<typeof dueAt>[3] = []) => {
  const due = dueAt(CALENDAR, startMs, limit, pauses);
  if (isRefused(due) || due.dueAtMs === null) throw new RangeError("past the calendar's end");
  return new Date(due.dueAtMs);
};

export const contextAt = (
  now: Date,
  category: CaseContext["category"],
  log: readonly CaseEvent[] = [],
): CaseContext => ({
  levelLengths: LENGTHS,
  category,
  rules: DEFAULT_CASE_RULES,
  rulesVersion: 0,
  calendarVersion: CALENDAR.version,
  endOfDay: (day) => new Date(Date.parse(`${day}T00:00:00+08:00`) + 24 * HOUR_MS),
  dueAt: (startAt, limit) => deadline(startAt.getTime(), limit),
  dueOf: (clock) => {
    const limit = fullLimit(clock);
    const at = (ratio: number) =>
      deadline(
        clock.startedAtMs,
        { ...limit, amount: limit.amount * ratio },
        clock.pauses,
      ).toISOString();
    return { dueAt: at(1), amberAt: at(DEFAULT_CASE_RULES.amberRatio) };
  },
  log,
  now,
});

export const arbitraryReport: fc.Arbitrary<Report> = fc.record({
  gridCode: fc.constantFrom(...CODES),
  net: fc.constantFrom(...NETS),
  emergency: fc.boolean(),
  source: fc.constantFrom("worker" as const, "resident" as const),
  selfHandledNote: fc.constantFrom(null, null, null, "done"),
  componentCode: fc.constantFrom(null, "50023101037000001"),
  attachmentIds: fc.subarray(["p0"]),
  gridVersion: fc.constant(1),
  lng: fc.constant(107),
  lat: fc.constant(30),
  accuracyM: fc.constant(null),
  address: fc.constant(null),
  description: fc.constant("words"),
  categoryCode: fc.constant("x"),
  categoryVersion: fc.constant(1),
});

export const EVERYBODY: Actor = {
  role: "system",
  accountId: null,
  scopeCode: "500231",
  unitCode: null,
};

/** A random life of a case: a report and the commands that somebody tried on it. */
const lifeOf = (steps: { minLength: number; maxLength: number }) =>
  fc.record({
    report: arbitraryReport,
    reporter: arbitraryActor,
    category: arbitraryCategory,
    attempts: fc.array(
      fc.record({
        /** Hours since the step before: within a day, or over a holiday. */
        gapH: fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
          { weight: 1, arbitrary: fc.integer({ min: 20, max: 200 }) },
        ),
        what: fc.oneof(
          { weight: 3, arbitrary: fc.tuple(arbitraryActor, arbitraryCommand) },
          // Chance alone gets nowhere: most attempts take one of the ways that are open.
          { weight: 6, arbitrary: fc.nat(1000) },
          { weight: 1, arbitrary: fc.constant("clock" as const) },
        ),
      }),
      steps,
    ),
  });

export const arbitraryLife = lifeOf({ minLength: 0, maxLength: 40 });

/** Lives long enough for what comes late: appeals after a late closing, reopening and all that. */
export const arbitraryLongLife = lifeOf({ minLength: 40, maxLength: 90 });

export type Life = typeof arbitraryLife extends fc.Arbitrary<infer T> ? T : never;
type Attempt = Life["attempts"][number]["what"];

/** Each step that succeeded: the case before it, what was decided and the case after. */
export type LivedStep = {
  before: Case | null;
  decided: Decided[];
  log: CaseEvent[];
  after: Case;
  at: Date;
};

export const START_MS = Date.parse("2026-11-24T02:00:00Z");

const number = (decided: Decided[], actor: Actor, seq: number, at: Date): CaseEvent[] =>
  decided.map(({ by, ...body }, index) => ({
    ...body,
    caseId: "case",
    seq: seq + index + 1,
    occurredAt: at,
    actorRole: by === "system" ? ("system" as const) : actor.role,
    actorAccountId: by === "system" ? null : actor.accountId,
  }));

/** The way most cases go. */
const FORWARD: readonly CaseAction[] = [
  "checked",
  "file",
  "sign",
  "handle",
  "feed_back",
  "verify",
  "close",
  "finish_sub_task",
  "answer_supervision",
];

/** What takes a side matter on that somebody has begun. */
const GOES_ON: readonly CaseAction[] = [
  "endorse_extension",
  "grant_extension",
  "grant_suspension",
  "resume",
  "approve_whistle",
  "arrive",
  "end_whistle",
  "rate_whistle",
  "ask_appeal",
  "endorse_appeal",
  "grant_appeal",
  "refuse_appeal",
  "sign_sub_task",
];

const attemptOn = (c: Case, what: Attempt, context: CaseContext): [Actor, Decided[]] | null => {
  if (what === "clock") {
    const up = autoEscalate(c, "clock.hold_ran_out", context);
    return up === null ? null : [EVERYBODY, [up]];
  }
  if (typeof what !== "number") {
    const decided = decide(c, what[1], what[0], context);
    return isRefused(decided) ? null : [what[0], decided];
  }
  const edges = allowedActions(c, EVERYBODY, context);
  const ahead = edges.filter(({ action }) => FORWARD.includes(action));
  // 作废 and 合并 are always at hand and would end most lives early.
  const kept = what % 17 === 0 ? edges : edges.filter((e) => !/^(void|merge)$/.test(e.action));
  const begun = edges.filter(({ action }) => GOES_ON.includes(action));
  const closed = c.state === "closed";
  const [first, second] = what % 3 === 1 || closed ? [begun, ahead] : [ahead, begun];
  const anything = what % 3 === 2 && !(closed && begun.length > 0);
  const choice = anything ? kept : ([first, second].find((some) => some.length > 0) ?? kept);
  const edge = choice[Math.floor(what / 3) % Math.max(1, choice.length)];
  if (edge === undefined) return null;
  const decided = decide(
    c,
    wellMadeCommand(edge.action, c, EVERYBODY, context.now),
    EVERYBODY,
    context,
  );
  return isRefused(decided) ? null : [EVERYBODY, decided];
};

/** Lives a life: what is refused changes nothing. Answers no step when the report is refused. */
export const live = ({ report, reporter, category, attempts }: Life): LivedStep[] => {
  let at = new Date(START_MS);
  const opened = openCase(report, at, reporter, contextAt(at, category));
  if (isRefused(opened)) return [];
  let log = number(opened, reporter, 0, at);
  let c = foldCase(log);
  const steps: LivedStep[] = [{ before: null, decided: opened, log, after: c, at }];
  for (const { gapH, what } of attempts) {
    at = new Date(at.getTime() + gapH * HOUR_MS);
    const done = attemptOn(c, what, contextAt(at, category, log));
    if (done === null) continue;
    const before: Case = c;
    const added = number(done[1], done[0], before.version, at);
    log = log.concat(added);
    c = added.reduce(applyEvent, before);
    steps.push({ before, decided: done[1], log, after: c, at });
  }
  return steps;
};
