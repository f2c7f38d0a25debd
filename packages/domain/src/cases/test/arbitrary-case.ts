import type { CaseAction, Limit, Tier } from "@onegrid/contract";
import { ACCOUNT_ROLES, CASE_ACTIONS, LIMIT_UNITS, NETS, TIERS } from "@onegrid/contract";
import fc from "fast-check";
import { isRefused } from "../../refused.ts";
import type { LevelLengths } from "../../grids/code.ts";
import {
  allowedActions,
  decide,
  foldCase,
  openCase,
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

export const arbitraryCommand: fc.Arbitrary<Command> = fc.record({
  action: fc.constantFrom(...CASE_ACTIONS),
  note: fc.constantFrom(null, " ", "words"),
  target: fc.oneof(
    fc.constant(null),
    fc.record({ tier: fc.constantFrom(...TIERS), unitCode: fc.constantFrom(...UNITS) }),
  ),
  attachmentIds: fc.subarray(["p1", "p2"]),
});

/** A command with everything that its action may need, so that only who and when can refuse it. */
export const wellMadeCommand = (action: CaseAction): Command => ({
  action,
  note: "words",
  target: { tier: "county" },
  attachmentIds: [],
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

const HOUR_MS = 3_600_000;

/** Natural time is enough here: that deadlines are computed rightly is the calendar's own test. */
export const contextAt = (now: Date, category: CaseContext["category"]): CaseContext => ({
  levelLengths: LENGTHS,
  category,
  dueAt: (startAt, limit) => new Date(startAt.getTime() + limit.amount * HOUR_MS),
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

const EVERYBODY: Actor = {
  role: "system",
  accountId: null,
  scopeCode: "500231",
  unitCode: null,
};

/** A random life of a case: a report and the commands that somebody tried on it. */
export const arbitraryLife = fc.record({
  report: arbitraryReport,
  reporter: arbitraryActor,
  category: arbitraryCategory,
  attempts: fc.array(
    fc.oneof(
      fc.tuple(arbitraryActor, arbitraryCommand),
      // Chance alone gets nowhere: half of the attempts take one of the ways that are open.
      fc.tuple(fc.constant(EVERYBODY), fc.nat(100)),
    ),
    { maxLength: 40 },
  ),
});

export type Life = typeof arbitraryLife extends fc.Arbitrary<infer T> ? T : never;

/** Each step that succeeded: the case before it, what was decided and the case after. */
export type LivedStep = { before: Case | null; decided: Decided[]; log: CaseEvent[]; after: Case };

const START = Date.parse("2026-11-24T02:00:00Z");

const number = (decided: Decided[], actor: Actor, seq: number, at: Date): CaseEvent[] =>
  decided.map(({ by, ...body }, index) => ({
    ...body,
    caseId: "case",
    seq: seq + index + 1,
    occurredAt: at,
    actorRole: by === "system" ? ("system" as const) : actor.role,
    actorAccountId: by === "system" ? null : actor.accountId,
  }));

const pick = (c: Case, choice: number): Command | undefined => {
  const edges = allowedActions(c, EVERYBODY, LENGTHS);
  const edge = edges[choice % edges.length];
  return edge && wellMadeCommand(edge.action);
};

/** Lives a life: what is refused changes nothing. Answers no step when the report is refused. */
export const live = ({ report, reporter, category, attempts }: Life): LivedStep[] => {
  const opened = openCase(report, new Date(START), reporter, contextAt(new Date(START), category));
  if (isRefused(opened)) return [];
  let log = number(opened, reporter, 0, new Date(START));
  const steps: LivedStep[] = [{ before: null, decided: opened, log, after: foldCase(log) }];
  for (const [index, [actor, attempt]] of attempts.entries()) {
    const at = new Date(START + (index + 1) * HOUR_MS);
    const before = foldCase(log);
    const command = typeof attempt === "number" ? pick(before, attempt) : attempt;
    if (command === undefined) continue;
    const decided = decide(before, command, actor, contextAt(at, category));
    if (isRefused(decided)) continue;
    log = log.concat(number(decided, actor, before.version, at));
    steps.push({ before, decided, log, after: foldCase(log) });
  }
  return steps;
};
