import { areaM2, type Area } from "@onegrid/geo/edit";
import { expect, it } from "vitest";
import { bestBalance, householdsIn, weightsOf } from "./balance.ts";
import { splitEvenly, type EditorGrid } from "./editor.ts";

const VILLAGE: Area = [
  [
    [
      [107, 30],
      [107.1, 30],
      [107.1, 30.1],
      [107, 30.1],
      [107, 30],
    ],
  ],
];
/** Three estates crowd in the west, one lies in the east; the cases are all in the east. */
const WORK = {
  estates: [
    { lng: 107.01, lat: 30.02, households: 300 },
    { lng: 107.02, lat: 30.08, households: 300 },
    { lng: 107.08, lat: 30.05, households: 600 },
  ],
  open: [
    { lng: 107.07, lat: 30.02 },
    { lng: 107.08, lat: 30.04 },
  ],
  ended: [
    { lng: 107.09, lat: 30.07 },
    { lng: 107.095, lat: 30.09 },
  ],
};
const grid: EditorGrid = { key: "g", gridCode: "g", name: "第一网格", outline: VILLAGE };
const halves = (balance: "households" | "cases" | "area") => {
  const made = splitEvenly([grid], "g", 2, weightsOf(balance, WORK), (n) => `第${n}网格`);
  if ("refused" in made) throw new Error(made.refused);
  return made.grids.map(({ outline }) => outline);
};

it("balances what is known: households, else cases, else area", () => {
  expect(bestBalance(WORK, VILLAGE)).toBe("households");
  expect(bestBalance({ ...WORK, estates: [] }, VILLAGE)).toBe("cases");
  expect(bestBalance({ open: [], ended: [], estates: [] }, VILLAGE)).toBe("area");
  expect(bestBalance(null, VILLAGE)).toBe("area");
});

it("splits into as many households, or as much work, or as much land", () => {
  expect(halves("households").map((outline) => householdsIn(WORK, outline))).toEqual([600, 600]);
  const byCases = halves("cases").map(areaM2);
  expect(Math.max(...byCases) / Math.min(...byCases)).toBeGreaterThan(1.2);
  const [a = 0, b = 0] = halves("area").map(areaM2);
  expect(a / b).toBeCloseTo(1, 1);
});
