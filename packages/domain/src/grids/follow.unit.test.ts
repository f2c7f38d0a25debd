import fc from "fast-check";
import { expect, it } from "vitest";
import { followGrids, type Successors, type TieChoice, type Tied } from "./follow.ts";

/** Grid A goes on in the west (0), the east (1) is new; B is gone and its middle lies in the east. */
const GRIDS: Successors = {
  kept: (code) => (code === "A" ? 0 : null),
  at: ([lng]) => (lng < -10 || lng > 10 ? null : lng < 0 ? 0 : 1),
  middleOf: (code) => (code === "B" ? 1 : null),
};
const tie = (more: Partial<Tied>): Tied => ({
  kind: "estate",
  code: "x",
  gridCode: "A",
  at: null,
  leader: null,
  ...more,
});
const one = (tied: Partial<Tied>, choices: TieChoice[] = [], others: Partial<Tied>[] = []) =>
  followGrids([tie(tied), ...others.map(tie)], choices, GRIDS)[0];

it.each([
  ["stays where it lies in the grid that goes on", { at: [-5, 0] }, "stays", 0],
  ["goes where it lies", { at: [5, 0] }, "place", 1],
  ["stays with the code where nobody knows the place", {}, "stays", 0],
  ["stays with the code when its place is outside of them all", { at: [50, 0] }, "stays", 0],
  ["goes where the middle of a grid that is gone went", { gridCode: "B" }, "middle", 1],
  ["is open where nothing says", { gridCode: "C" }, "open", null],
] as const)("%s", (_name, tied, way, to) => {
  expect(one(tied as Partial<Tied>)).toEqual({ way, to });
});

it("goes where its writer sends it, or ends", () => {
  const choice = { kind: "estate", code: "x" } as const;
  expect(one({ at: [-5, 0] }, [{ ...choice, to: 1 }])).toEqual({ way: "chosen", to: 1 });
  expect(one({ gridCode: "C" }, [{ ...choice, to: null }])).toEqual({ way: "ends", to: null });
});

it("goes along with what it belongs to, as long as both stood in one grid", () => {
  const building = { kind: "building", code: "b", leader: { kind: "estate", code: "e" } } as const;
  const estate = { code: "e", at: [5, 0] } as const;
  expect(one(building, [], [estate])).toEqual({ way: "along", to: 1 });
  expect(one(building, [], [{ ...estate, gridCode: "B" }])).toEqual({ way: "stays", to: 0 });
  expect(one(building, [])).toEqual({ way: "stays", to: 0 });
});

it("answers for each, whoever leads whom", () => {
  const kind = fc.constantFrom("estate" as const, "building" as const, "organisation" as const);
  const name = fc.constantFrom("1", "2", "3");
  const leader = fc.option(fc.record({ kind, code: name }), { nil: null });
  const gridCode = fc.constantFrom("A", "B", "C");
  const ties = fc.array(fc.record({ kind, code: name, gridCode, at: fc.constant(null), leader }));
  fc.assert(
    fc.property(ties, (all) => {
      const found = followGrids(all, [], GRIDS);
      expect(found).toHaveLength(all.length);
      for (const { way, to } of found) expect(to === null).toBe(way === "open");
    }),
  );
});
