import { CASE_EVENT_KINDS, MESSAGE_KINDS } from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FEWEST_ANSWERS,
  lettersOf,
  maskedAddress,
  messageOf,
  satisfactionBlocks,
  soundsUrgent,
  type ToldEvent,
} from "./index.ts";

const told = (over: Partial<ToldEvent>): ToldEvent => ({
  kind: "file",
  toState: "filed",
  holderName: null,
  note: null,
  result: null,
  nextDay: null,
  pausedUntil: null,
  mergedInto: null,
  ...over,
});

describe("messages", () => {
  test("say honestly what came of the work", () => {
    const feedback = (over: Partial<ToldEvent>) =>
      messageOf(told({ kind: "feed_back", note: "换了灯泡", ...over }));
    expect(feedback({ result: "done" })).toEqual({
      kind: "work_done",
      params: { reason: "换了灯泡" },
    });
    expect(feedback({ result: null })?.kind).toBe("work_done");
    expect(feedback({ result: "cannot_be_done" })?.kind).toBe("cannot_be_done");
    expect(feedback({ result: "scheduled", nextDay: "2026-12-01" })).toEqual({
      kind: "scheduled",
      params: { reason: "换了灯泡", day: "2026-12-01" },
    });
  });

  test("every kind is reached by some event, and inner steps tell nothing", () => {
    const results = [null, "done", "cannot_be_done", "scheduled"] as const;
    const reached = new Set(
      CASE_EVENT_KINDS.flatMap((kind) =>
        results.map((result) => messageOf(told({ kind, result }))?.kind),
      ),
    );
    for (const kind of MESSAGE_KINDS) expect(reached).toContain(kind);
    for (const kind of ["sign", "verify", "call_whistle", "ask_extension"] as const) {
      expect(messageOf(told({ kind }))).toBeNull();
    }
  });

  test("one command is one letter; a second dispatch replaces the first", () => {
    const letters = lettersOf([
      told({ kind: "file" }),
      told({ kind: "dispatch", holderName: "甲" }),
      told({ kind: "dispatch", holderName: "乙" }),
    ]);
    expect(letters).toEqual([
      { kind: "accepted", params: {} },
      { kind: "given_to", params: { holder: "乙" } },
    ]);
  });
});

describe("totals that show no single answer", () => {
  const month = fc.record({
    answered: fc.nat(9),
    satisfied: fc.nat(9),
    resolved: fc.nat(9),
  });
  const named = (months: { answered: number; satisfied: number; resolved: number }[]) =>
    months.map((each, n) => ({ ...each, month: `2025-${String(n + 1).padStart(2, "0")}` }));

  test("any two views differ by nothing or by enough answers", () => {
    fc.assert(
      fc.property(fc.array(month, { maxLength: 12 }), fc.nat(13), fc.nat(13), (months, a, b) => {
        const all = named(months);
        const until = (n: number) => `2025-${String(n + 1).padStart(2, "0")}`;
        const sum = (n: number) =>
          satisfactionBlocks(all, until(n)).reduce((total, block) => total + block.answered, 0);
        const apart = Math.abs(sum(a) - sum(b));
        expect(apart === 0 || apart >= FEWEST_ANSWERS).toBe(true);
        for (const block of satisfactionBlocks(all, until(a))) {
          expect(block.answered).toBeGreaterThanOrEqual(FEWEST_ANSWERS);
          expect(block.toMonth < until(a)).toBe(true);
        }
      }),
    );
  });

  test("nothing is lost between the blocks but a small rest", () => {
    const all = named([3, 3, 7, 1].map((n) => ({ answered: n, satisfied: n, resolved: n })));
    expect(satisfactionBlocks(all, "2026-01")).toEqual([
      { fromMonth: "2025-01", toMonth: "2025-02", answered: 6, satisfied: 6, resolved: 6 },
      { fromMonth: "2025-03", toMonth: "2025-03", answered: 7, satisfied: 7, resolved: 7 },
    ]);
  });
});

test("danger is heard in both languages, and ordinary words are not taken for it", () => {
  for (const words of ["楼上着火了", "闻到煤气味", "The wall COLLAPSED", "I smell gas here"]) {
    expect([words, soundsUrgent(words)]).toEqual([words, true]);
  }
  for (const words of ["路灯不亮", "灭火器过期", "litter by the gate"]) {
    expect([words, soundsUrgent(words)]).toEqual([words, false]);
  }
});

test("a masked address never holds the whole", () => {
  expect(maskedAddress("li.hua@example.org")).toBe("l***@example.org");
  expect(maskedAddress("13812345678")).toBe("138****78");
  expect(maskedAddress("12345")).toBe("***");
});
