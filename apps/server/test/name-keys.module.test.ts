import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Category, Component, Grid } from "@onegrid/contract";
import { reportCases } from "../src/modules/cases/index.ts";
import { aReport } from "../src/modules/cases/test/case-world.ts";
import { testApp, type TestApp, type TestClient } from "./support/app.ts";
import { MINI } from "./support/mini-county.ts";

let app: TestApp;
let centre: TestClient;
beforeAll(async () => {
  app = await testApp();
  centre = await app.as("centre");
});
afterAll(() => app.close());

describe("names and how they sound", () => {
  test.each([
    ["暴露垃圾", "baolulaji bllj"],
    ["重庆路", "zhongqinglu chongqinglu zql cql"],
    ["No. 3 桥（东）", "no3qiaodong no3qd"],
    ["", ""],
  ])("%s is found as %s", async (name, keys) => {
    const { rows } = await app.owner.query("SELECT onegrid.name_keys($1) AS keys", [name]);
    expect(rows[0].keys).toBe(keys);
  });

  test("are written with the name, whichever way it comes in, and follow it", async () => {
    const { rows } = await app.owner.query(
      `SELECT name, name_keys FROM category WHERE name_keys <> onegrid.name_keys(name)
       UNION ALL SELECT name, name_keys FROM grid WHERE name_keys <> onegrid.name_keys(name)
       UNION ALL SELECT name, name_keys FROM department WHERE name_keys <> onegrid.name_keys(name)`,
    );
    expect(rows).toEqual([]);
    await app.owner.query("UPDATE department SET name = '园林局' WHERE unit_code = $1", [
      MINI.departments.cityManagement,
    ]);
    const { departments } = (await centre.get("/api/v1/departments")).json();
    expect(departments).toContainEqual(
      expect.objectContaining({ name: "园林局", nameKeys: "yuanlinju ylj" }),
    );
  });
});

describe("searches by sound", () => {
  test("people, posts and accounts are found by full pinyin and by initials", async () => {
    const street = await app.as("street1");
    const { rows } = await app.owner.query(
      `INSERT INTO person (county_code, person_id, name, grid_code)
       VALUES ($1, gen_random_uuid(), '张伟', $2) RETURNING name_keys`,
      [MINI.county, MINI.grid1],
    );
    expect(rows[0].name_keys).toBe("zhangwei zw");
    for (const typed of ["zhangw", "zw", "Zhang Wei", "伟"]) {
      const answer = await street.get(`/api/v1/people?q=${encodeURIComponent(typed)}`);
      const names = answer.json<{ people: { name: string }[] }>().people.map(({ name }) => name);
      expect([typed, names]).toEqual([typed, ["张伟"]]);
    }
    expect((await street.get("/api/v1/people?q=liw")).json().people).toEqual([]);
    const wrong = await app.owner.query(
      `SELECT name FROM account WHERE name_keys <> onegrid.name_keys(name)
       UNION ALL SELECT name FROM post_template WHERE name_keys <> onegrid.name_keys(name)`,
    );
    expect(wrong.rows).toEqual([]);
    const { accounts } = (await (await app.as("security")).get("/api/v1/accounts")).json();
    expect(accounts[0].nameKeys).toEqual(expect.any(String));
  });

  test("lists of names answer their keys", async () => {
    const { categories } = (await centre.get("/api/v1/categories")).json<{
      categories: Category[];
    }>();
    const litter = categories.find(({ categoryCode }) => categoryCode === MINI.categories.litter);
    expect(litter?.nameKeys.split(" ").at(-1)).toHaveLength(litter?.name.length ?? -1);
    const { grids } = (await centre.get("/api/v1/grids")).json<{ grids: Grid[] }>();
    expect(grids.map(({ nameKeys }) => nameKeys)).toContain("guixijiedao gxjd");
  });

  test("components are found by full pinyin and by initials", async () => {
    await app.owner.query(
      `INSERT INTO component (county_code, component_code, category_code, name, owner_unit_code,
         condition, lng, lat, tile_key, grid_code, grid_version, recorded_on, changed_at)
       VALUES ($1, '50023101037000001', $2, '滨河路灯杆', NULL, 'intact', 107.05, 30.05, 1, $3, 1,
         '2026-01-01', now())`,
      [MINI.county, MINI.categories.streetLight, MINI.grid1],
    );
    for (const typed of ["binhe", "bhldg", "Bin He Lu", "滨河"]) {
      const { components } = (
        await centre.get(`/api/v1/components?q=${encodeURIComponent(typed)}`)
      ).json<{ components: Component[] }>();
      expect([typed, components.map(({ name }) => name)]).toEqual([typed, ["滨河路灯杆"]]);
    }
    const none = (await centre.get("/api/v1/components?q=nanhe")).json();
    expect(none.components).toEqual([]);
  });

  test("cases are found by the sound of their category, words that are written in letters too", async () => {
    const light = aReport({ categoryCode: MINI.categories.streetLight, description: "不亮" });
    const wordy = aReport({ description: "KTV 门口" });
    await reportCases(app.ctx("worker1"), [light, wordy]);
    const { rows } = await app.owner.query(
      "SELECT name_keys FROM category WHERE category_code = $1",
      [MINI.categories.streetLight],
    );
    const [full, initials] = (rows[0].name_keys as string).split(" ");
    const found = async (typed: string) => {
      const answer = await centre.get(`/api/v1/cases?q=${encodeURIComponent(typed)}`);
      return answer.json<{ cases: { caseId: string }[] }>().cases.map(({ caseId }) => caseId);
    };
    expect(await found(full ?? "")).toEqual([light.caseId]);
    expect(await found(initials ?? "")).toEqual([light.caseId]);
    expect(await found("ktv")).toEqual([wordy.caseId]);
    expect(await found("meiyou")).toEqual([]);
  });
});
