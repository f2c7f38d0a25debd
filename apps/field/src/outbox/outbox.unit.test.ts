import { CHUNK_MAX_BYTES } from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";
import type { OutboxItem } from "./item.ts";
import { heldBack, nextStep } from "./next-step.ts";
import { nextPieceBytes } from "./pieces.ts";
import { verdictOfProblem } from "./verdict.ts";

type Sketch = { caseNo: number; isReport: boolean; isRefused: boolean; photos: number };

const sketches = fc.array(
  fc.record({
    caseNo: fc.integer({ min: 0, max: 3 }),
    isReport: fc.boolean(),
    isRefused: fc.boolean(),
    photos: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 12 },
);

const itemOf = ({ caseNo, isReport, isRefused, photos }: Sketch, seq: number): OutboxItem => {
  const common = {
    id: `item-${seq}`,
    accountId: "a",
    seq,
    title: "",
    madeAt: "2026-11-24T00:00:00.000Z",
    photoIds: Array.from({ length: photos }, (_, n) => `photo-${seq}-${n}`),
    state: isRefused ? ("refused" as const) : ("waiting" as const),
    attempts: 0,
    retryAt: 0,
    problem: null,
    reuploads: 0,
  };
  if (isReport) {
    const report = {
      categoryCode: "C",
      description: "d",
      location: null,
      accuracyM: null,
      address: "x",
      capturedAt: null,
      componentCode: null,
      selfHandledNote: null,
    };
    return { ...common, kind: "report", caseId: common.id, report };
  }
  const command = { action: "sign" as const, note: null, baseVersion: 1, capturedAt: null };
  const seenState = "dispatched" as const;
  return { ...common, kind: "command", caseId: `case-${caseNo}`, command, after: null, seenState };
};

/** Sends everything that may be sent; answers what was sent in that order, and photos it lacked. */
function drain(start: OutboxItem[], lose: () => boolean): string[] {
  const uploaded = new Set<string>();
  const sent: string[] = [];
  let items = start;
  for (;;) {
    const step = nextStep(items, uploaded, 0);
    if (step.kind === "idle" || step.kind === "wait") return sent;
    // A lost answer changes nothing on the phone: the same step comes again.
    if (lose()) continue;
    if (step.kind === "upload") uploaded.add(step.photoId);
    else {
      const lacks = step.item.photoIds.filter((id) => !uploaded.has(id));
      sent.push(...lacks, step.item.id);
      items = items.filter(({ id }) => id !== step.item.id);
    }
  }
}

describe("the order of the outbox", () => {
  it("sends each item once, oldest first, photos before their item, whatever answers are lost", () => {
    fc.assert(
      fc.property(sketches, fc.infiniteStream(fc.boolean()), (drawn, losses) => {
        const items = drawn.map(itemOf);
        const held = heldBack(items);
        const expected = items
          .filter((item) => item.state === "waiting" && !held.has(item.id))
          .map(({ id }) => id);
        const shuffled = items.toReversed();
        expect(drain(shuffled, () => losses.next().value === true)).toEqual(expected);
      }),
    );
  });

  it("holds back what builds on a refused item, and nothing else", () => {
    fc.assert(
      fc.property(sketches, (drawn) => {
        const items = drawn.map(itemOf);
        const held = heldBack(items);
        for (const item of items) {
          const isStuck = items.some(
            (o) => o.seq < item.seq && o.caseId === item.caseId && o.state === "refused",
          );
          expect(held.has(item.id)).toBe(isStuck && item.state === "waiting");
        }
      }),
    );
  });

  it("lets nothing overtake the oldest while it waits for its retry", () => {
    const blank = { caseNo: 0, isReport: true, isRefused: false, photos: 0 };
    const items = [{ ...itemOf(blank, 1), retryAt: 500 }, itemOf(blank, 2)];
    expect(nextStep(items, new Set(), 499)).toEqual({ kind: "wait", untilMs: 500 });
    expect(nextStep(items, new Set(), 500)).toMatchObject({ kind: "send", item: { seq: 1 } });
  });
});

describe("what an answer means", () => {
  const problem = (status: number, code: string) => ({ type: "t", title: "t", status, code });
  it.each([
    [401, "identity.not_signed_in", "sign_in"],
    [403, "identity.password_due", "sign_in"],
    [403, "identity.csrf", "renew"],
    [403, "access.not_permitted", "refused"],
    [409, "cases.version_conflict", "refused"],
    [422, "cases.place_missing", "refused"],
    [404, "request.no_such_path", "retry"],
    [429, "request.too_many", "retry"],
    [503, "server.database_away", "retry"],
  ])("%i %s → %s", (status, code, kind) => {
    expect(verdictOfProblem(problem(status, code)).kind).toBe(kind);
  });

  it("waits longer with each failure, at most five minutes, never less than half a step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, random) => {
          const wait = backoffMs(n, random);
          const whole = Math.min(300_000, 2_000 * 2 ** (n - 1));
          expect(wait).toBeGreaterThanOrEqual(whole / 2);
          expect(wait).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });
});

describe("pieces of a photo", () => {
  it("grow on a quick line, shrink on a slow or broken one, and stay within what is taken", () => {
    expect(nextPieceBytes(256 * 1024, 500)).toBe(512 * 1024);
    expect(nextPieceBytes(256 * 1024, 8_000)).toBe(256 * 1024);
    expect(nextPieceBytes(256 * 1024, 20_000)).toBe(128 * 1024);
    expect(nextPieceBytes(256 * 1024, null)).toBe(128 * 1024);
    const times = fc.array(fc.option(fc.integer({ min: 0, max: 60_000 })), { maxLength: 40 });
    fc.assert(
      fc.property(times, (took) => {
        const last = took.reduce(nextPieceBytes, 256 * 1024);
        expect(last).toBeGreaterThanOrEqual(64 * 1024);
        expect(last).toBeLessThanOrEqual(CHUNK_MAX_BYTES);
      }),
    );
  });
});
