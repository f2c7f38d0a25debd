import { areaM2 } from "@onegrid/geo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { withClient } from "../../platform/roles.ts";
import { loadCurrentGrids } from "./grid-queries.ts";
import { gridsOf } from "./index.ts";
import { collection, found, gridWorld, importInto, type GridWorld } from "./test/grid-world.ts";

let world: GridWorld;
beforeAll(async () => {
  world = await gridWorld();
});
afterAll(() => world.close());

let next = 600_000;
/** A county of its own for each test. */
const county = (): Promise<Ctx> => world.addCounty(String(next++));

const streets = (ctx: Ctx) => [
  { code: `${ctx.county.countyCode}001`, box: [0, 0, 10, 10] as const },
  { code: `${ctx.county.countyCode}002`, box: [10, 0, 20, 10] as const },
];
const communities = (ctx: Ctx) => [
  { code: `${ctx.county.countyCode}001001`, name: "A", box: [0, 0, 5, 10] as const },
  { code: `${ctx.county.countyCode}001002`, name: "B", box: [5, 0, 10, 10] as const },
];
const current = (ctx: Ctx) => loadCurrentGrids(ctx.db, ctx.county.countyCode);

describe("importing grids", () => {
  it("stores a level under its parents, and the county as the union of its streets", async () => {
    const ctx = await county();
    const first = await importInto(ctx, 1, streets(ctx));
    expect(first).toMatchObject({ read: 2, added: 2, refused: 0, stored: true, issues: [] });
    const second = await importInto(ctx, 2, communities(ctx));
    expect(second).toMatchObject({ added: 2, stored: true, parentsWithoutChildren: 1 });
    const grids = await current(ctx);
    expect(grids.map((grid) => [grid.level, grid.gridCode.slice(6), grid.version])).toEqual([
      [0, "", 1],
      [1, "001", 1],
      [1, "002", 1],
      [2, "001001", 1],
      [2, "001002", 1],
    ]);
    const sizes = grids.map((grid) => areaM2(grid.area));
    expect(sizes[0]).toBeCloseTo((sizes[1] as number) + (sizes[2] as number), 0);
    expect(grids[3]?.parentCode).toBe(grids[1]?.gridCode);
    expect(grids[1]?.validFrom).toBe("2026-11-24");
  });

  it("is on record once, with what it changed", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    await importInto(ctx, 1, streets(ctx));
    const lines = await withClient(world.ownerUrl, (client) =>
      client.query(
        "SELECT subject, detail FROM audit_event WHERE county_code = $1 AND action = 'grids.import'",
        [ctx.county.countyCode],
      ),
    );
    expect(lines.rows).toEqual([
      {
        subject: "level1",
        detail: { added: 2, changed: 0, renamed: 0, ended: 0, validFrom: "2026-11-24" },
      },
    ]);
  });

  it("changes nothing when the same file comes again", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    const before = await current(ctx);
    const again = await importInto(ctx, 1, streets(ctx));
    expect(again).toMatchObject({ added: 0, changed: 0, renamed: 0, unchanged: 2, stored: false });
    expect(await current(ctx)).toEqual(before);
  });

  it("begins a new version for a new outline and corrects words in place", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    const [west, east] = streets(ctx);
    world.clock.set(new Date("2027-01-31T16:30:00Z"));
    const report = await importInto(ctx, 1, [
      { ...west, code: west?.code ?? "", box: [0, 0, 9, 10] },
      { ...east, code: east?.code ?? "", box: [9, 0, 20, 10] },
    ]);
    world.clock.set(new Date("2026-11-24T04:00:00Z"));
    expect(report).toMatchObject({ added: 0, changed: 2, stored: true });
    const renamed = await importInto(ctx, 1, [
      { code: west?.code ?? "", name: "New name", box: [0, 0, 9, 10] },
      { code: east?.code ?? "", box: [9, 0, 20, 10], more: { party_group: "Party branch" } },
    ]);
    expect(renamed).toMatchObject({ changed: 0, renamed: 2, stored: true });
    const versions = await versionsOf(ctx, west?.code ?? "");
    expect(versions).toEqual([
      // The county's day, eight hours ahead of UTC.
      { version: 1, valid_from: "2026-11-24", valid_to: "2027-02-01", name: `Grid ${west?.code}` },
      { version: 2, valid_from: "2027-02-01", valid_to: null, name: "New name" },
    ]);
  });

  it("refuses a change that would begin before the present version", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    const moved = streets(ctx).map(({ code }, i) => ({
      code,
      box: i === 0 ? ([0, 0, 9, 10] as const) : ([9, 0, 20, 10] as const),
    }));
    const report = await importInto(ctx, 1, moved, { validFrom: "2020-01-01" });
    expect(new Set(report.issues.map((issue) => issue.code))).toEqual(
      new Set(["valid_from_too_early"]),
    );
    expect(report.stored).toBe(false);
  });

  it("stores nothing on a dry run, and says what it would have done", async () => {
    const ctx = await county();
    const report = await importInto(ctx, 1, streets(ctx), { dryRun: true });
    expect(report).toMatchObject({ added: 2, stored: false });
    expect(await current(ctx)).toEqual([]);
  });

  it("ends what a complete file no longer lists, as when two grids merge", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    await importInto(ctx, 2, communities(ctx));
    const [first] = communities(ctx);
    const merged = [{ code: first?.code ?? "", name: "A", box: [0, 0, 10, 10] as const }];
    expect(found(await importInto(ctx, 2, merged))).toEqual([`overlap ${first?.code}`]);
    const report = await importInto(ctx, 2, merged, { complete: true });
    expect(report).toMatchObject({ changed: 1, ended: 1, stored: true });
    const grids = await gridsOf(ctx);
    expect(grids.at(107.07, 30.05)?.gridCode).toBe(first?.code);
    const back = await importInto(ctx, 2, communities(ctx));
    expect(back).toMatchObject({ added: 1, changed: 1, stored: true });
    expect((await versionsOf(ctx, communities(ctx)[1]?.code ?? "")).map((v) => v.version)).toEqual([
      1, 2,
    ]);
  });

  it("does not end a grid that has children", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    await importInto(ctx, 2, communities(ctx));
    const whole = [{ code: streets(ctx)[1]?.code ?? "", box: [0, 0, 20, 10] as const }];
    const report = await importInto(ctx, 1, whole, { complete: true });
    expect(found(report)).toEqual([`has_children ${streets(ctx)[0]?.code}`]);
  });

  it("warns when children no longer fit a parent that was reshaped", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    await importInto(ctx, 2, communities(ctx));
    const moved = streets(ctx).map(({ code }, i) => ({
      code,
      box: i === 0 ? ([0, 0, 11, 10] as const) : ([11, 0, 20, 10] as const),
    }));
    const report = await importInto(ctx, 1, moved);
    expect(report.stored).toBe(true);
    expect(found(report, "warning")).toEqual([`children_no_longer_fit ${moved[0]?.code}`]);
    expect(report.issues[0]?.at?.[0]).toBeGreaterThan(107.1);
  });

  it("keeps one county's grids out of another's sight", async () => {
    const [mine, other] = [await county(), await county()];
    await importInto(mine, 1, streets(mine));
    expect(await current(other)).toEqual([]);
    const stray = await importInto(other, 1, streets(mine));
    expect(stray.stored).toBe(false);
    expect(found(stray).every((code) => code.startsWith("code_length"))).toBe(true);
  });

  it("is refused to nobody's scope: a transaction without a county sees no grid", async () => {
    const ctx = await county();
    await importInto(ctx, 1, streets(ctx));
    const rows = await inScope(ctx.db, { countyCode: "", scopeCode: "", unitCode: "" }, (trx) =>
      trx.selectFrom("grid").selectAll().execute(),
    );
    expect(rows).toEqual([]);
  });

  it("lets two imports of the same file at once end as one", async () => {
    const ctx = await county();
    const text = collection(streets(ctx));
    const reports = await Promise.all([importInto(ctx, 1, text), importInto(ctx, 1, text)]);
    expect(reports.map((report) => report.added).sort()).toEqual([0, 2]);
    expect(await current(ctx)).toHaveLength(3);
  });
});

const versionsOf = (ctx: Ctx, gridCode: string) =>
  inScope(
    ctx.db,
    { countyCode: ctx.county.countyCode, scopeCode: ctx.county.countyCode, unitCode: "" },
    (trx) =>
      trx
        .selectFrom("grid")
        .where("grid_code", "=", gridCode)
        .select(["version", "valid_from", "valid_to", "name"])
        .orderBy("version")
        .execute(),
  );
