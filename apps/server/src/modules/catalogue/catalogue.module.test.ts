import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Category, Department } from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CountyWorld, countyWorld } from "../calendar/test/calendar-world.ts";
import { withClient } from "../../platform/roles.ts";
import { loadDemoCatalogue } from "../../demo/catalogue/load-catalogue.ts";
import { categoriesOf, importCatalogue, mountCatalogue } from "./index.ts";

const STANDARD = "GB/T 47678.5-2026";
const cls = (code: string, name: string) => ({ code, major_name: "市容环境类", name });
const table = (matters: object[]) => JSON.stringify({ standard: `${STANDARD} x`, matters });

describe("catalogue", () => {
  let world: CountyWorld;
  beforeAll(async () => {
    world = await countyWorld(mountCatalogue);
  });
  afterAll(() => world.close());

  const load = (text: string, dryRun = false) =>
    importCatalogue(world.ctx, { bytes: new TextEncoder().encode(text), dryRun });
  const list = async (query = ""): Promise<Category[]> => {
    const answer = await world.http.inject({ url: `/api/v1/categories${query}` });
    expect(answer.statusCode).toBe(200);
    return answer.json<{ categories: Category[] }>().categories;
  };
  const find = async (code: string) => (await list()).find((c) => c.categoryCode === code);
  const versionsOf = async (code: string) => {
    const { rows } = await withClient(world.ownerUrl, (client) =>
      client.query<{ version: number; superseded: boolean; limit_amount: number }>(
        "SELECT version, superseded, limit_amount FROM category WHERE category_code = $1 ORDER BY 1",
        [code],
      ),
    );
    return rows;
  };
  const put = async (before: Category, change: Partial<Category>, baseVersion = before.version) => {
    const { net, kind, name, words, ownerUnitCode, startTier, limit, emergency, active } = before;
    const present = { net, kind, name, words, ownerUnitCode, startTier, limit, emergency, active };
    const answer = await world.http.inject({
      method: "PUT",
      url: `/api/v1/categories/${before.categoryCode}`,
      payload: { ...present, ...change, baseVersion, standardClass: null },
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  it("loads the shipped samples, whole, over all four nets, once", async () => {
    await loadDemoCatalogue(world.ctx);
    await loadDemoCatalogue(world.ctx);
    const categories = await list();
    expect(categories.length).toBeGreaterThanOrEqual(60);
    expect(new Set(categories.map((c) => c.net)).size).toBe(4);
    expect(categories.filter((c) => !c.sample || c.version !== 1 || !c.ownerUnitName)).toEqual([]);
    const answer = await world.http.inject({ url: "/api/v1/departments" });
    const { departments } = answer.json<{ departments: Department[] }>();
    expect(departments.length).toBeGreaterThanOrEqual(12);
    expect(departments.filter((d) => !d.dutyPhone?.startsWith("023-0000-"))).toEqual([]);
    expect(await list("?net=party_building")).toHaveLength(
      categories.filter((c) => c.net === "party_building").length,
    );
  });

  it("names the shipped classes once the county loads the standard, and refuses what is none", async () => {
    expect((await find("CM001"))?.standardClass).toMatchObject({ className: null });
    const report = await load(table([cls("06010", "暴露垃圾"), cls("06011", "积存垃圾渣土")]));
    expect(report).toMatchObject({ stored: true, issues: [], counts: { classes: { added: 2 } } });
    expect((await find("CM001"))?.standardClass).toEqual({
      standard: STANDARD,
      kind: "matter",
      classCode: "06010",
      className: "暴露垃圾",
    });
    const path = join(import.meta.dirname, "../../demo/catalogue/sample-authority-list.json");
    const whole = await load(await readFile(path, "utf8"), true);
    const [issue] = whole.issues;
    expect(issue).toMatchObject({ code: "class_unknown", field: "standardClass" });
    expect(issue?.line).toBeGreaterThan(1);
  });

  it("changes nothing with the same table again, and replaces it whole with another", async () => {
    const same = await load(table([cls("06010", "暴露垃圾"), cls("06011", "积存垃圾渣土")]));
    expect(same).toMatchObject({ stored: false, counts: { classes: { unchanged: 2, added: 0 } } });
    const other = table([cls("06010", "露天垃圾"), cls("06012", "道路不洁")]);
    const dry = await load(other, true);
    expect(dry.stored).toBe(false);
    const report = await load(other);
    expect(report.counts).toEqual(dry.counts);
    expect(report.counts.classes).toEqual({
      read: 2,
      added: 1,
      changed: 1,
      unchanged: 0,
      removed: 1,
    });
  });

  it("stores nothing of a file with a single bad row", async () => {
    const bad = [cls("06010", "x"), cls("06020", "焚烧"), cls("06020", "焚烧"), cls("6021", "y")];
    const report = await load(table(bad));
    expect(report.issues.map((i) => [i.field, i.code])).toEqual([
      ["code", "invalid_format"],
      ["classCode", "code_twice"],
    ]);
    expect(report.stored).toBe(false);
    expect((await find("CM001"))?.standardClass?.className).toBe("露天垃圾");
  });

  it("adds what is good only when all of a list is good", async () => {
    const head =
      "categoryCode,net,kind,name,words,ownerUnitCode,startTier,limitAmount,limitUnit,emergency";
    const row = "ZZ001,city_management,matter,新类别,,,level3,1,working_day,false";
    const fire = "ZZ002,comprehensive_governance,matter,火情,,,level1,1,working_day,true";
    const strange = "ZZ003,city_management,matter,x,,NOBODY,department,1,working_day,false";
    const report = await load([head, row, fire, strange].join("\r\n"));
    expect(report.issues.map((i) => [i.line, i.code])).toEqual([
      [3, "limit_not_urgent"],
      [4, "unit_unknown"],
    ]);
    expect(await find("ZZ001")).toBeUndefined();
    expect(await load([head, row].join("\r\n"))).toMatchObject({
      stored: true,
      counts: { categories: { added: 1 }, departments: { read: 0 } },
    });
    expect(await find("ZZ001")).toMatchObject({ version: 1, sample: false });
  });

  it("writes an edit as the next version and keeps the one that cases refer to", async () => {
    const before = (await find("CM002")) as Category;
    const limit = { amount: 2, unit: "working_day" as const };
    const { status, body } = await put(before, { limit });
    expect([status, body.version, body.limit, body.sample]).toEqual([200, 2, limit, false]);
    expect(await versionsOf("CM002")).toEqual([
      { version: 1, superseded: true, limit_amount: before.limit.amount },
      { version: 2, superseded: false, limit_amount: 2 },
    ]);
    const again = await put(before, { limit }, 2);
    expect([again.status, again.body.version]).toEqual([200, 2]);
  });

  it("refuses an edit of an old version, an unknown department and an emergency in office hours", async () => {
    const before = (await find("CM003")) as Category;
    expect(await put(before, {}, 7)).toMatchObject({
      status: 409,
      body: { code: "catalogue.version_conflict", params: { version: 1 } },
    });
    expect(await put(before, { ownerUnitCode: "NOBODY" })).toMatchObject({
      status: 422,
      body: { code: "catalogue.unknown_unit" },
    });
    expect(await put(before, { emergency: true })).toMatchObject({
      status: 422,
      body: { code: "catalogue.invalid", fields: [{ field: "/body/limit" }] },
    });
    expect(await versionsOf("CM003")).toHaveLength(1);
  });

  it("lets one of two edits at the same time win", async () => {
    const before = (await find("CM004")) as Category;
    const edits = await Promise.all(["a", "b"].map((name) => put(before, { name })));
    expect(edits.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await versionsOf("CM004")).toHaveLength(2);
  });

  it("is fresh from memory here at once and in another process soon", async () => {
    const { countyCode } = world.ctx.county;
    const nameOf = async (database: CountyWorld["database"]) =>
      (await categoriesOf(database.db, countyCode)).get("CM005")?.name;
    const before = (await find("CM005")) as Category;
    expect(await nameOf(world.elsewhere)).toBe(before.name);
    await put(before, { name: "新名" });
    expect(await nameOf(world.database)).toBe("新名");
    await vi.waitFor(async () => expect(await nameOf(world.elsewhere)).toBe("新名"));
  });
});
