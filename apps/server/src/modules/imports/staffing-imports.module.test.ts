import type { Organisation, Person, Post } from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { importsOf } from "./test/run-jobs.ts";
import { tableOf, type TestCell } from "./test/workbooks.ts";

let app: TestApp;
let imports: ReturnType<typeof importsOf>;
let centre: TestClient;
let street1: TestClient;
beforeAll(async () => {
  app = await testApp();
  imports = importsOf(app);
  await app.owner.query(
    `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
     VALUES ($1, 'L3W', '网格员', 3, 'worker', 6), ($1, 'L2H', '二级网格长', 2, 'head', 3)`,
    [MINI.county],
  );
  [centre, street1] = await Promise.all([app.as("centre"), app.as("street1")]);
});
afterAll(() => app.close());

const faultsOf = async (
  client: TestClient,
  kind: "organisations" | "posts" | "people" | "components",
  rows: TestCell[][],
) => {
  const { report } = await imports.check(client, kind, await tableOf(rows));
  return report?.issues.map(({ row, column, code }) => [row, column, code]);
};

describe("Party organisations", () => {
  const HEAD = ["编号", "名称", "层级", "网格编码", "上级党组织编号", "成立日期"];
  const ROWS: TestCell[][] = [
    HEAD,
    // A child may stand before its parent.
    ["DZ-12", "平安社区党委", "社区党委", MINI.community1, "DZ-1", "2021-03-01"],
    ["DZ-1", "平安街道党工委", "街道党工委", MINI.street1, null, "2020/7/1"],
    ["DZ-123", "第一网格党支部", "网格党支部", MINI.grid1, "DZ-12", "20240301"],
  ];
  const listed = async () =>
    (await centre.get("/api/v1/organisations")).json<{ organisations: Organisation[] }>()
      .organisations;

  it("are founded with their parents from one table, and founded once", async () => {
    const done = await imports.bring(street1, "organisations", await tableOf(ROWS));
    expect(done).toMatchObject({ state: "applied", report: { added: 3, faulty: 0 } });
    expect(await listed()).toMatchObject([
      { code: "DZ-1", base: "grid", termYears: null },
      { code: "DZ-12", parentCode: "DZ-1", foundedOn: "2021-03-01", termYears: 5 },
      { code: "DZ-123", termEndsOn: "2027-03-01" },
    ]);
    const again = await imports.bring(street1, "organisations", await tableOf(ROWS));
    expect(again.report).toMatchObject({ unchanged: 3, added: 0, changed: 0 });
  });

  it("change from today on: past days stay as they were", async () => {
    const rows = ROWS.map((row) => (row[0] === "DZ-123" ? row.with(1, "第一网格联合支部") : row));
    const done = await imports.bring(street1, "organisations", await tableOf(rows));
    expect(done.report).toMatchObject({ changed: 1, unchanged: 2 });
    expect((await listed())[2]?.name).toBe("第一网格联合支部");
    const past = await centre.get("/api/v1/organisations?on=2026-11-23");
    expect(past.json<{ organisations: Organisation[] }>().organisations[2]?.name).toBe(
      "第一网格党支部",
    );
  });

  it("follow the rules, and a refused parent takes its children along", async () => {
    expect(
      await faultsOf(street1, "organisations", [
        HEAD,
        ["DZ-2", "错层", "社区党委", MINI.grid1, "DZ-1", "2021-03-01"],
        ["DZ-21", "无父", "网格党支部", MINI.grid1, "DZ-2", "2021-03-01"],
        ["DZ-3", "别家", "社区党委", MINI.community3, null, "2021-03-01"],
        ["DZ-12", "平安社区党委", "社区党委", MINI.community1, "DZ-1", "2022-03-01"],
        ["DZ-4", "太早", "社区党委", MINI.community1, "DZ-1", "1911-03-01"],
      ]),
    ).toEqual([
      [2, "gridCode", "organisations.wrong_grid_level"],
      [3, "parentCode", "organisations.unknown_parent"],
      [4, "gridCode", "organisations.outside_scope"],
      [5, "foundedOn", "organisations.already_founded"],
      [6, "foundedOn", "organisations.day_out_of_range"],
    ]);
  });
});

describe("posts and people", () => {
  const POSTS: TestCell[][] = [
    ["编号", "岗位名称", "网格编码", "值班电话", "开设日期"],
    ["GW-1", "网格员", MINI.grid1, "023-74510001", "2026-01-01"],
    ["GW-2", "L3W", MINI.grid2, "023-74510002", "2026-01-01"],
    ["WZ-1", "二级网格长", MINI.community1, null, "2026-01-01"],
  ];
  const HEAD = [
    "人员编号",
    "姓名",
    "网格编码",
    "手机号",
    "身份证号",
    "登录名",
    "岗位编号",
    "任职开始日期",
  ];
  const PEOPLE: TestCell[][] = [
    HEAD,
    [
      "R-1",
      "赵一",
      MINI.grid1,
      "１３８１２３４５６７８",
      "11010519491231002x",
      "worker2",
      "GW-1",
      "2026-11-24",
    ],
    ["R-2", "钱二", MINI.grid2, 13912345678, null, null, "GW-2", "2026-11-24"],
    ["R-3", "孙三", MINI.community1, null, null, null, null, null],
  ];
  const posts = async () =>
    (await centre.get("/api/v1/posts"))
      .json<{ posts: Post[] }>()
      .posts.map((post) => [post.postCode, post.dutyPhone, post.holder?.name]);

  it("posts are opened once; a later table changes the phone and never the place", async () => {
    const done = await imports.bring(street1, "posts", await tableOf(POSTS));
    expect(done.report).toMatchObject({ added: 3, faulty: 0 });
    const next = [
      ["编号", "岗位", "网格编码", "值班电话"],
      ["GW-1", "网格员", MINI.grid1, "023-74510009"],
      ["GW-2", "网格员", MINI.grid2, "023-74510002"],
    ];
    const changed = await imports.bring(street1, "posts", await tableOf(next));
    expect(changed.report).toMatchObject({ changed: 1, unchanged: 1 });
    expect((await posts())[0]).toEqual(["GW-1", "023-74510009", undefined]);
    expect(
      await faultsOf(street1, "posts", [
        ["编号", "岗位", "网格编码", "撤销日期"],
        ["GW-1", "网格员", MINI.grid2, null],
        ["GW-8", "村长", MINI.grid1, null],
        ["GW-9", "网格员", MINI.community1, null],
        ["GW-2", "网格员", MINI.grid2, "2025-01-01"],
      ]),
    ).toEqual([
      [2, "code", "posts.code_taken"],
      [3, "template", "posts.unknown_template"],
      [4, "gridCode", "posts.wrong_grid_level"],
      [5, "closedOn", "registers.ends_before_it_begins"],
    ]);
  });

  it("people are sealed, appointed, and get what their post gives; the same again does nothing", async () => {
    const done = await imports.bring(street1, "people", await tableOf(PEOPLE));
    expect(done.report).toMatchObject({ added: 3, faulty: 0 });
    expect(await posts()).toEqual([
      ["GW-1", "023-74510009", "赵一"],
      ["GW-2", "023-74510002", "钱二"],
      ["WZ-1", null, undefined],
    ]);
    const { people } = (await street1.get("/api/v1/people")).json<{ people: Person[] }>();
    expect(people.find(({ name }) => name === "赵一")).toMatchObject({
      maskedPhone: "138****5678",
      maskedIdNumber: "110105********002X",
      login: "worker2",
      posts: [{ postCode: "GW-1" }],
    });
    const session = (await (await app.as("worker2")).get("/api/v1/session")).json();
    expect(session.account).toMatchObject({ role: "worker", scopeCode: MINI.grid1 });
    const again = await imports.bring(street1, "people", await tableOf(PEOPLE));
    expect(again.report).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    // Without the column of phones, they stay.
    const rows = PEOPLE.map((row) => [row[0], row[1], row[2]] as TestCell[]);
    const less = await imports.bring(street1, "people", await tableOf(rows));
    expect(less.report).toMatchObject({ unchanged: 3 });
  });

  it("rules of appointments hold between the rows of a table too", async () => {
    expect(
      await faultsOf(street1, "people", [
        HEAD,
        ["R-4", "李四", MINI.community1, "123", null, null, null, null],
        ["R-5", "周五", MINI.community1, null, "110105194912310021", null, null, null],
        ["R-6", "吴六", MINI.community1, null, "11010519491231002X", null, null, null],
        ["R-7", "郑七", MINI.community1, null, null, "nobody", null, null],
        ["R-8", "王八", MINI.community1, null, null, "worker2", null, null],
        ["R-9", "冯九", MINI.community1, null, null, null, "WZ-1", "2026-12-01"],
        ["R-10", "陈十", MINI.community1, null, null, null, "WZ-1", "2026-12-01"],
        ["R-11", "褚一", MINI.community1, null, null, null, "GW-1", "2026-12-01"],
        ["R-12", "卫二", MINI.community1, null, null, null, "NONE", null],
        ["R-13", "蒋三", MINI.grid4, null, null, null, null, null],
      ]),
    ).toEqual([
      [2, "phone", "people.phone_wrong"],
      [3, "idNumber", "people.id_number_wrong"],
      [4, "idNumber", "people.already_there"],
      [5, "login", "people.unknown_login"],
      [6, "login", "people.login_taken"],
      [8, "postCode", "posts.post_taken"],
      [9, "postCode", "posts.post_taken"],
      [10, "postCode", "posts.not_found"],
      [11, "gridCode", "posts.outside_scope"],
    ]);
  });

  it("leave without phone or ID number, and come back as the same people", async () => {
    const file = await street1.get("/api/v1/register-exports/people?format=csv");
    expect(file.payload).not.toMatch(/13812345678|138\*|002X/);
    const back = await imports.check(street1, "people", file.rawPayload, "人员.csv");
    expect(back.report).toMatchObject({ read: 3, unchanged: 3, faulty: 0 });
  });

  it("no personal cell is repeated in a report or lies readable on the disk", async () => {
    const { report } = await imports.check(
      street1,
      "people",
      await tableOf([HEAD, ["R-5", "周五", MINI.community1, "12345", null, null, null, null]]),
    );
    expect(report?.issues).toMatchObject([{ column: "phone", found: null }]);
    const { rows } = await app.owner.query("SELECT report::text AS text FROM register_import");
    expect(JSON.stringify(rows)).not.toMatch(/12345"|13812345678|周五/);
  });
});

describe("components", () => {
  it("find grid and class by place and code, and keep what a table leaves out", async () => {
    const code = `${MINI.county}01001000001`;
    const rows = [
      ["编号", "名称", "X", "Y", "类别编码", "状态", "仅内部可见"],
      [code, "路灯 1 号", 107.05, 30.05, MINI.categories.streetLight, "破损", "是"],
      [
        `${MINI.county}01001000002`,
        "路灯 2 号",
        1.5,
        30.05,
        MINI.categories.streetLight,
        null,
        null,
      ],
    ];
    const done = await imports.bring(centre, "components", await tableOf(rows), "skip");
    expect(done.report).toMatchObject({ added: 1, faulty: 1 });
    expect(done.report?.issues).toMatchObject([{ row: 3, code: "components.outside" }]);
    const next = [
      ["编号", "名称", "经度", "纬度"],
      [code, "路灯一号", 107.05, 30.05],
    ];
    await imports.bring(centre, "components", await tableOf(next));
    expect((await centre.get(`/api/v1/components/${code}`)).json()).toMatchObject({
      name: "路灯一号",
      condition: "damaged",
      restricted: true,
      gridCode: MINI.grid1,
    });
  });
});
