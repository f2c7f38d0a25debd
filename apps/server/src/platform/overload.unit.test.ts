import { describe, expect, it } from "vitest";
import { nextLimit } from "./overload.ts";

/** A server that answers so many a second, whatever is under way, after so many looks of 100 ms. */
const settled = (answersPerSecond: number, offered: number, looks: number): number[] => {
  const limits: number[] = [];
  let limit = 1_000;
  for (let n = 0; n < looks; n += 1) {
    const underWay = Math.min(offered, limit);
    // Little's law: who comes waits for those before.
    const took = Array.from(
      { length: answersPerSecond / 10 },
      () => (underWay / answersPerSecond) * 1_000,
    );
    limit = nextLimit(limit, took, underWay);
    limits.push(limit);
  }
  return limits;
};

describe("how many requests are let in at once", () => {
  it.each([100, 500, 2_000])(
    "of %i answers a second: none waits longer than a fifth of one",
    (rate) => {
      for (const limit of settled(rate, 10_000, 60).slice(30)) {
        expect(limit / rate).toBeLessThanOrEqual(0.9);
        expect(limit / rate).toBeGreaterThanOrEqual(0.4);
      }
    },
  );

  it("is everything the memory allows while answers are quick", () => {
    expect(settled(500, 20, 60).at(-1)).toBe(1_000);
  });

  it("never falls below a few, and rises again within seconds", () => {
    const slow = Array.from({ length: 10 }, () => 5_000);
    let limit = 1_000;
    for (let n = 0; n < 100; n += 1) limit = nextLimit(limit, slow, 1_000);
    expect(limit).toBe(64);
    for (let n = 0; n < 50; n += 1) limit = nextLimit(limit, [1, 1, 1, 1, 1], 64);
    expect(limit).toBe(1_000);
  });

  it("is not judged by one slow answer", () => {
    expect(nextLimit(500, [30_000, 9_000], 2)).toBe(500);
  });
});
