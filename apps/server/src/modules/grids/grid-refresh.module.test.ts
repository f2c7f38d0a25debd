import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { gridsOf } from "./index.ts";
import { gridWorld, importInto, type GridWorld } from "./test/grid-world.ts";

let world: GridWorld;
beforeAll(async () => {
  world = await gridWorld();
});
afterAll(() => world.close());

describe("the grids in memory", () => {
  it("follow an import of another process, in what they locate and in what they draw", async () => {
    const ctx = await world.addCounty("500231");
    const there = { ...ctx, db: world.elsewhere.db };
    const code = "500231001";
    await importInto(ctx, 1, [{ code, box: [0, 0, 10, 10] }]);
    const before = await gridsOf(there);
    expect(before.locate(107.05, 30.05)).toEqual({ gridCode: code, gridVersion: 1 });
    expect(before.locate(107.15, 30.05)).toEqual({ gridCode: "500231", gridVersion: 1 });
    expect(await gridsOf(there)).toBe(before);

    await importInto(ctx, 1, [{ code, box: [0, 0, 20, 10] }]);
    // One's own import is seen at once, the other's as soon as it is heard of.
    expect((await gridsOf(ctx)).locate(107.15, 30.05)?.gridVersion).toBe(2);
    await vi.waitFor(async () => {
      const after = await gridsOf(there);
      expect(after.locate(107.15, 30.05)).toEqual({ gridCode: code, gridVersion: 2 });
      expect(after.stamp).not.toBe(before.stamp);
    });
    expect(before.locate(107.15, 30.05)?.gridCode).toBe("500231");
  });

  it("give every report a grid: outside of all, and without a point, the county's own", async () => {
    const ctx = await world.addCounty("500232");
    expect((await gridsOf(ctx)).locate(107, 30)).toBeUndefined();
    await importInto(ctx, 1, [{ code: "500232001", box: [0, 0, 10, 10] }]);
    const grids = await gridsOf(ctx);
    const centre = { gridCode: "500232", gridVersion: 1 };
    expect(grids.locate(null, null)).toEqual(centre);
    expect(grids.locate(-74, 40.7)).toEqual(centre);
    expect(grids.locate(107.05, 30.05)?.gridCode).toBe("500232001");
  });
});
