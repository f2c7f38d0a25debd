import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../calendar/local-day.ts";
import { daysPastDue, isDue, ROUND_MOST, todaysRound, type DueSpot } from "./round.ts";

const TODAY = "2026-11-24";
const spotArb: fc.Arbitrary<DueSpot> = fc.record({
  spot: fc.uuid(),
  lng: fc.double({ min: 107, max: 108, noNaN: true }),
  lat: fc.double({ min: 30, max: 31, noNaN: true }),
  everyDays: fc.integer({ min: 1, max: 366 }),
  lastLookedOn: fc.option(fc.integer({ min: 20_000, max: 20_781 }).map(dayOf)),
  repeatedCases: fc.integer({ min: 0, max: 20 }),
});
const spot = (part: Partial<DueSpot>): DueSpot => ({
  spot: "a",
  lng: 107,
  lat: 30,
  everyDays: 7,
  lastLookedOn: null,
  repeatedCases: 0,
  ...part,
});

describe("when a spot is due", () => {
  it("counts from the last look; never looked at is due", () => {
    expect(daysPastDue(spot({ lastLookedOn: "2026-11-17" }), TODAY)).toBe(0);
    expect(isDue(spot({ lastLookedOn: "2026-11-18" }), TODAY)).toBe(false);
    expect(isDue(spot({}), TODAY)).toBe(true);
  });
});

describe("today's round", () => {
  it("holds due spots only, each once, as many as fit, the most urgent among them first", () => {
    fc.assert(
      fc.property(fc.uniqueArray(spotArb, { selector: (s) => s.spot, maxLength: 40 }), (spots) => {
        const round = todaysRound(spots, TODAY);
        const due = spots.filter((s) => isDue(s, TODAY));
        expect(round.length).toBe(Math.min(ROUND_MOST, due.length));
        expect(new Set(round.map((s) => s.spot)).size).toBe(round.length);
        expect(round.every((s) => due.includes(s))).toBe(true);
        const urgency = (s: DueSpot) => daysPastDue(s, TODAY) / s.everyDays + s.repeatedCases / 10;
        const left = due.filter((s) => !round.includes(s));
        const least = Math.min(...round.map(urgency));
        expect(left.every((s) => urgency(s) <= least)).toBe(true);
        expect(round.slice(0, 1).map(urgency)).toEqual(
          due
            .map(urgency)
            .toSorted((a, b) => b - a)
            .slice(0, 1),
        );
      }),
    );
  });
  it("goes on to the nearest", () => {
    const near = spot({ spot: "near", lng: 107.001 });
    const far = spot({ spot: "far", lng: 107.01 });
    const first = spot({ spot: "first", repeatedCases: 9 });
    expect(todaysRound([far, near, first], TODAY).map((s) => s.spot)).toEqual([
      "first",
      "near",
      "far",
    ]);
  });
});
