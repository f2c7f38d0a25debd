import { CASE_ACTIONS, CASE_EVENT_KINDS, CASE_STATES, type CaseState } from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { isRefused } from "../refused.ts";
import { levelOf } from "../grids/code.ts";
import {
  allowedActions,
  applyEvent,
  decide,
  ENDED_STATES,
  foldCase,
  isEnded,
  LIFECYCLE,
  OPEN_DAY,
  sumTallies,
  tallyDelta,
  waitsFor,
  isOpenSubTask,
  isWaiting,
  type Case,
} from "./index.ts";
import {
  arbitraryActor,
  arbitraryLife,
  arbitraryLongLife,
  contextAt,
  LENGTHS,
  live,
  wellMadeCommand,
  type LivedStep,
} from "./test/arbitrary-case.ts";

// Thousands of lives take seconds on a busy machine, and a slow one is no failure.
vi.setConfig({ testTimeout: 120_000 });

const RUNS = { numRuns: 2_000 };
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

describe("the table", () => {
  test("gives each action at most one edge from a state", () => {
    for (const action of CASE_ACTIONS) {
      for (const state of CASE_STATES) {
        const edges = LIFECYCLE.filter((e) => e.action === action && e.from.includes(state));
        expect(edges.length, `${action} from ${state}`).toBeLessThanOrEqual(1);
      }
    }
  });

  test("uses every action, and names where each edge comes from", () => {
    expect(new Set(LIFECYCLE.map((edge) => edge.action))).toEqual(new Set(CASE_ACTIONS));
    for (const edge of LIFECYCLE) expect(edge.basis).not.toBe("");
  });

  test("leads every state to an end, and out of one only by reopening", () => {
    for (const state of ENDED_STATES) {
      const out = LIFECYCLE.filter((edge) => edge.to !== null && edge.from.includes(state));
      expect(out.every(({ action }) => action === "reopen")).toBe(true);
    }
    const ends = new Set<CaseState>(ENDED_STATES);
    for (let grown = true; grown;) {
      const before = ends.size;
      for (const { from, to } of LIFECYCLE) {
        if (to !== null && ends.has(to)) from.forEach((s) => ends.add(s));
      }
      grown = ends.size > before;
    }
    expect(ends).toEqual(new Set(CASE_STATES));
  });

  test("reaches every state from a report", () => {
    const reached = new Set<CaseState>(["reported"]);
    for (let grown = true; grown;) {
      const before = reached.size;
      for (const { from, to } of LIFECYCLE) {
        if (to !== null && from.some((s) => reached.has(s))) reached.add(to);
      }
      grown = reached.size > before;
    }
    expect(reached).toEqual(new Set(CASE_STATES));
  });
});

/** What must hold of a case whatever was done to it. */
const expectSound = (c: Case) => {
  expect(CASE_STATES).toContain(c.state);
  expect(c.holderCode === null).toBe(isEnded(c.state));
  expect(c.closedAt !== null).toBe(isEnded(c.state));
  expect(c.limit === null).toBe(c.dueAt === null);
  expect(c.limit === null).toBe(c.amberAt === null);
  expect(c.extensions).toBeLessThanOrEqual(2);
  expect(c.state === "merged").toBe(c.mergedInto !== null);
  if (isEnded(c.state)) {
    expect(c.suspendedUntil).toBeNull();
    expect(c.side.subTasks.filter(isOpenSubTask)).toEqual([]);
    // What may still wait on an ended case: an appeal, and who is responsible for an ownerless one.
    expect(c.awaits.filter((word) => word !== "dispatcher" && word !== "county_centre")).toEqual(
      [],
    );
  }
  expect(c.filedAt === null).toBe(c.dueAt === null);
  if (!isEnded(c.state) && c.tier === "department") {
    expect(c.involvedUnits).toContain(c.holderCode);
  }
  if (c.holderCode !== null && c.tier !== "department") {
    expect(c.gridCode.startsWith(c.holderCode)).toBe(true);
    expect(levelOf(c.holderCode, LENGTHS)).toBeDefined();
  }
};

describe("any life of a case", () => {
  test("goes everywhere: the lives tried below reach every state", () => {
    const lives = fc.sample(arbitraryLongLife, { numRuns: 2_000, seed: 7 });
    const states = new Set(lives.flatMap((life) => live(life).map(({ after }) => after.state)));
    expect(states).toEqual(new Set(CASE_STATES));
    const kinds = new Set(
      lives.flatMap(
        (life) =>
          live(life)
            .at(-1)
            ?.log.map((e) => e.kind) ?? [],
      ),
    );
    // The software writes these beside somebody's step, not as one.
    const missing = CASE_EVENT_KINDS.filter((kind) => !kinds.has(kind));
    expect(missing).toEqual(["absorb", "recalendar", "relocate"]);
  });

  test("folds step by step to what the whole log folds to, and stays sound", () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        for (const { before, log, after } of live(life)) {
          const added = log.slice(before?.version ?? 0);
          expect(added.reduce<Case | null>(applyEvent, before)).toEqual(after);
          expect(after.version).toBe(log.length);
          expectSound(after);
        }
        const last = live(life).slice(-1);
        expect(last.map(({ log }) => foldCase(log))).toEqual(last.map(({ after }) => after));
      }),
      RUNS,
    );
  });

  test("counts, change by change, to what its row alone counts for", () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const steps = live(life);
        const last = steps.at(-1);
        if (last === undefined) return;
        const changes = steps.flatMap(({ before, after }) => tallyDelta(before, after, dayOf));
        const sorted = (lines: ReturnType<typeof sumTallies>) =>
          lines.map((line) => JSON.stringify(Object.entries(line).toSorted())).toSorted();
        expect(sorted(sumTallies(changes))).toEqual(sorted(tallyDelta(null, last.after, dayOf)));
        const open = changes.filter((line) => line.day === OPEN_DAY);
        expect(open.reduce((sum, line) => sum + line.opened, 0)).toBe(
          isEnded(last.after.state) ? 0 : 1,
        );
      }),
      RUNS,
    );
  });

  test("allows exactly what decide then does", () => {
    fc.assert(
      fc.property(arbitraryLife, arbitraryActor, (life, actor) => {
        const c = live(life).at(-1)?.after;
        if (c === undefined) return;
        const { log, at } = live(life).at(-1) as LivedStep;
        const context = contextAt(at, life.category, log);
        const allowed = allowedActions(c, actor, context).map((edge) => edge.action);
        const done = CASE_ACTIONS.filter(
          (action) => !isRefused(decide(c, wellMadeCommand(action, c, actor, at), actor, context)),
        );
        expect(new Set(done)).toEqual(new Set(allowed));
      }),
      RUNS,
    );
  });

  test("waits only for somebody who may do something about it", () => {
    fc.assert(
      fc.property(arbitraryLife, arbitraryActor, (life, actor) => {
        const c = live(life).at(-1)?.after;
        if (c === undefined || !c.gridCode.startsWith(actor.scopeCode)) return;
        const waits = isWaiting(c, waitsFor(actor, LENGTHS));
        const { log, at } = live(life).at(-1) as LivedStep;
        // 四眼 sends a request to a colleague in the same post.
        const colleague = { ...actor, accountId: "somebody else" };
        const context = contextAt(at, life.category, log);
        const may = allowedActions(c, colleague, context).length > 0;
        expect(waits && !may).toBe(false);
      }),
      RUNS,
    );
  });

  test("waits for somebody as long as it is open", () => {
    const everybody = (c: Case) =>
      [
        { role: "worker", scopeCode: c.gridCode },
        { role: "head", scopeCode: c.gridCode.slice(0, 15) },
        { role: "head", scopeCode: c.gridCode.slice(0, 12) },
        { role: "street", scopeCode: c.gridCode.slice(0, 9) },
        { role: "county_centre", scopeCode: c.gridCode.slice(0, 6) },
        { role: "department", scopeCode: c.gridCode.slice(0, 6) },
      ] as const;
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const c = live(life).at(-1)?.after;
        if (c === undefined || isEnded(c.state)) return;
        const unitCode = c.tier === "department" ? c.holderCode : null;
        const waiting = everybody(c).some((who) =>
          isWaiting(c, waitsFor({ ...who, accountId: "z", unitCode }, LENGTHS)),
        );
        expect(waiting).toBe(true);
      }),
      RUNS,
    );
  });
});

test("a log that is not legal is refused loudly", () => {
  expect(() => foldCase([])).toThrow(RangeError);
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const log = live(life).at(-1)?.log ?? [];
      if (log.length < 2) return;
      expect(() => foldCase(log.slice(1))).toThrow(RangeError);
      expect(() => foldCase([log[0], log[0]] as typeof log)).toThrow(RangeError);
    }),
  );
});
