import type { CoverageFigure, CoverageRow, Organisation, Problem } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
let centre: TestClient;
let street1: TestClient;
beforeAll(async () => {
  app = await testApp();
  [centre, street1] = await Promise.all([app.as("centre"), app.as("street1")]);
});
afterAll(() => app.close());

const PLACE = {
  level: "grid_branch",
  base: "grid",
  baseCode: MINI.grid1,
  gridCode: MINI.grid1,
  parentCode: null,
  name: "南门第一网格党支部",
  termYears: 3,
};
const write = (client: TestClient, code: string, baseSeq: number, fact: unknown) =>
  client.post(`/api/v1/organisations/${code}/facts`, { baseSeq, fact });
const found = (data: object, effectiveOn = "2024-01-01") => ({
  kind: "found",
  effectiveOn,
  data: { ...PLACE, ...data },
});
const namesOn = async (on: string) =>
  (await centre.get(`/api/v1/organisations?on=${on}`))
    .json<{ organisations: Organisation[] }>()
    .organisations.map(({ name }) => name);
const put = (client: TestClient, register: string, code: string, values: object, baseVersion = 0) =>
  client.put(`/api/v1/registers/${register}/${code}`, { baseVersion, values });

describe("registers", () => {
  it("take rows, refuse what does not fit, and keep a street within its grids", async () => {
    const company = await put(centre, "property_companies", "WY1", { name: "安居物业" });
    expect(company.json()).toMatchObject({ version: 1, values: { validFrom: "2026-11-24" } });
    const estate = { name: "阳光花园", gridCode: MINI.grid1, companyCode: "WY1", households: 320 };
    expect((await put(street1, "estates", "XQ1", estate)).statusCode).toBe(200);
    const same = await put(street1, "estates", "XQ1", { ...estate, validFrom: "2026-11-24" }, 1);
    expect(same.json()).toMatchObject({ version: 1 });
    const stale = await put(street1, "estates", "XQ1", estate, 0);
    expect(stale.json<Problem>().code).toBe("registers.version_conflict");
    const wrong = await put(street1, "estates", "XQ2", {
      name: "",
      gridCode: MINI.grid4,
      companyCode: "NONE",
      threeWithout: "listed",
    });
    expect(wrong.json<Problem>().fields?.map(({ field, code }) => [field, code])).toEqual([
      ["/body/values/name", "registers.cell_missing"],
      ["/body/values/lacks", "registers.lacks_missing"],
      ["/body/values/gridCode", "registers.outside_scope"],
      ["/body/values/companyCode", "registers.unknown_code"],
    ]);
    const worker = await app.as("worker1");
    expect((await put(worker, "estates", "XQ3", estate)).statusCode).toBe(403);
  });

  it("page by code and filter", async () => {
    for (const code of ["XQ5", "XQ4"]) {
      await put(centre, "estates", code, {
        name: `小区${code}`,
        gridCode: MINI.grid4,
        threeWithout: "listed",
        lacks: ["security"],
      });
    }
    const first = (await centre.get("/api/v1/registers/estates?limit=2")).json<{
      rows: { code: string }[];
      nextCursor: string;
    }>();
    expect(first.rows.map(({ code }) => code)).toEqual(["XQ1", "XQ4"]);
    const next = await centre.get(`/api/v1/registers/estates?cursor=${first.nextCursor}`);
    expect(next.json<{ rows: unknown[]; nextCursor: null }>()).toMatchObject({
      rows: [{ code: "XQ5" }],
      nextCursor: null,
    });
    const listed = await centre.get(
      `/api/v1/registers/estates?threeWithout=listed&grid=${MINI.street2}&q=XQ4`,
    );
    expect(listed.json<{ rows: { code: string }[] }>().rows.map(({ code }) => code)).toEqual([
      "XQ4",
    ]);
    const bad = await centre.get("/api/v1/registers/estates?cursor=____");
    expect(bad.json<Problem>().code).toBe("registers.bad_cursor");
  });
});

describe("organisations", () => {
  it("are shown as they were on any past day", async () => {
    expect((await write(street1, "DZZ-1", 0, found({}))).statusCode).toBe(201);
    const rename = { kind: "change", effectiveOn: "2025-06-01", data: { name: "阳光网格党支部" } };
    expect((await write(street1, "DZZ-1", 1, rename)).statusCode).toBe(201);
    // Written down last, it happened first: the past is corrected, the list shows when.
    const renew = { kind: "renew", effectiveOn: "2024-12-01", data: { note: null } };
    const answer = (await write(street1, "DZZ-1", 2, renew)).json<{ spans: Organisation[] }>();
    expect(answer.spans.map((s) => [s.validFrom, s.name, s.termEndsOn])).toEqual([
      ["2024-01-01", "南门第一网格党支部", "2027-01-01"],
      ["2024-12-01", "南门第一网格党支部", "2027-12-01"],
      ["2025-06-01", "阳光网格党支部", "2027-12-01"],
    ]);
    expect(await namesOn("2023-12-31")).toEqual([]);
    expect(await namesOn("2025-05-31")).toEqual(["南门第一网格党支部"]);
    expect(await namesOn("2026-11-24")).toEqual(["阳光网格党支部"]);
    const { rows } = await app.owner.query<{ n: number }>(
      "SELECT count(*)::integer AS n FROM organisation_fact WHERE code = 'DZZ-1'",
    );
    expect(rows[0]?.n).toBe(3);
  });

  it("refuse a stale reader, another street and what the rules forbid", async () => {
    const code = async (answer: Promise<{ json<T>(): T }>) => (await answer).json<Problem>().code;
    expect(await code(write(street1, "DZZ-1", 1, found({})))).toBe(
      "organisations.version_conflict",
    );
    const elsewhere = { baseCode: MINI.grid4, gridCode: MINI.grid4 };
    expect(await code(write(street1, "DZZ-2", 0, found(elsewhere)))).toBe(
      "organisations.outside_scope",
    );
    expect(await code(write(centre, "DZZ-2", 0, found({ parentCode: "NONE" })))).toBe(
      "organisations.unknown_parent",
    );
    expect(await code(write(centre, "DZZ-2", 0, found({ level: "street_committee" })))).toBe(
      "organisations.wrong_grid_level",
    );
    expect(await code(write(centre, "DZZ-2", 0, found({}, "1900-01-01")))).toBe(
      "organisations.day_out_of_range",
    );
    const { rows } = await app.owner.query("SELECT FROM organisation WHERE code = 'DZZ-2'");
    expect(rows).toEqual([]);
  });

  it("remind of elections and hang in the tree of grids", async () => {
    await write(
      centre,
      "DZZ-3",
      0,
      found({ name: "旧支部", parentCode: "DZZ-1", termYears: 1 }),
    ).then((answer) => expect(answer.json<Problem>().code).toBe("organisations.wrong_parent"));
    await write(centre, "DZZ-3", 0, found({ name: "逾期支部", termYears: 1 }));
    const overdue = await centre.get("/api/v1/organisations?renewal=overdue");
    expect(overdue.json<{ organisations: Organisation[] }>().organisations).toMatchObject([
      { code: "DZZ-3", renewal: "overdue", termEndsOn: "2025-01-01" },
    ]);
    const tree = await centre.get(`/api/v1/organisation-tree?parent=${MINI.community1}`);
    expect(tree.json()).toMatchObject({
      nodes: [
        { gridCode: MINI.grid1, organisationCount: 2, organisations: [{ code: "DZZ-1" }, {}] },
        { gridCode: MINI.grid2, organisationCount: 0, organisations: [] },
      ],
    });
  });
});

describe("coverage", () => {
  const figures = async (on: string) =>
    (await centre.get(`/api/v1/organisation-coverage?on=${on}`)).json<{
      figures: CoverageFigure[];
    }>().figures;

  it("is what the raw rows say, for each day, and names its exceptions", async () => {
    await write(
      centre,
      "DZZ-4",
      0,
      found({
        base: "property_company",
        baseCode: "WY1",
        name: "安居物业党支部",
      }),
    );
    for (const on of ["2023-12-31", "2026-11-24"]) {
      // Recomputed apart: every row of the tables, judged in this test.
      const grids = await app.owner.query<{ code: string }>(
        "SELECT grid_code AS code FROM grid WHERE county_code = $1 AND level > 0 AND valid_from <= $2",
        [MINI.county, on],
      );
      const estates = await app.owner.query<{ code: string; company: string | null }>(
        "SELECT code, company_code AS company FROM estate WHERE valid_from <= $1",
        [on],
      );
      const spans = await app.owner.query<{ base: string; base_code: string }>(
        `SELECT base, base_code FROM organisation_span
         WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`,
        [on],
      );
      const has = (base: string, code: string | null) =>
        spans.rows.some((s) => s.base === base && s.base_code === code);
      const expected = {
        grids: grids.rows.filter(({ code }) => has("grid", code)).length,
        estates: estates.rows.filter(
          (e) => has("estate", e.code) || has("property_company", e.company),
        ).length,
      };
      const answered = await figures(on);
      const of = (kind: string) => answered.find((figure) => figure.kind === kind);
      expect(of("grids")).toMatchObject({ covered: expected.grids, all: grids.rows.length });
      expect(of("estates")).toMatchObject({ covered: expected.estates, all: estates.rows.length });
    }
    const today = await figures("2026-11-24");
    expect(today.find(({ kind }) => kind === "estates")).toMatchObject({ covered: 1, all: 3 });
    expect(today.find(({ kind }) => kind === "owners_committees")?.rate).toBeNull();

    const without = await centre.get("/api/v1/organisation-coverage/grids?covered=false");
    const rows = without.json<{ rows: CoverageRow[] }>().rows;
    expect(rows.map(({ code }) => code)).not.toContain(MINI.grid1);
    expect(rows).toContainEqual(
      expect.objectContaining({ code: MINI.grid2, name: "南门第二网格" }),
    );
  });

  it("counts heads who lead their grid's organisation, as the raw rows say", async () => {
    const [head, other] = [newId(), newId()];
    await app.owner.query(
      `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
       VALUES ($1, 'L3H', '三级网格长', 3, 'head', 5), ($1, 'L3W', '网格员', 3, 'worker', 6)`,
      [MINI.county],
    );
    await app.owner.query(
      `INSERT INTO person (county_code, person_id, name, grid_code) VALUES
         ($1, $2, '书记甲', $4), ($1, $3, '书记乙', $4)`,
      [MINI.county, head, other, MINI.grid1],
    );
    await app.owner.query(
      `INSERT INTO post (county_code, post_code, template_code, grid_code, opened_on) VALUES
         ($1, 'H1', 'L3H', $2, '2026-01-01'), ($1, 'W1', 'L3W', $2, '2026-01-01')`,
      [MINI.county, MINI.grid1],
    );
    await app.owner.query(
      `INSERT INTO appointment (county_code, appointment_id, post_code, person_id, begins_on) VALUES
         ($1, $2, 'H1', $4, '2026-02-01'), ($1, $3, 'W1', $5, '2026-02-01')`,
      [MINI.county, newId(), newId(), head, other],
    );
    const { rows: here } = await app.owner.query<{ code: string }>(
      "SELECT code FROM organisation_span WHERE base = 'grid' AND base_code = $1 AND valid_to IS NULL",
      [MINI.grid1],
    );
    const lead = async (personId: string, beginsOn: string) =>
      centre.post(`/api/v1/organisations/${here[0]?.code}/secretaries`, { personId, beginsOn });
    expect((await lead(head, "2026-03-01")).statusCode).toBe(201);
    expect((await lead(other, "2026-10-01")).statusCode).toBe(201);
    expect((await lead(head, "2026-09-01")).json<Problem>().code).toBe(
      "organisations.secretary_order",
    );
    for (const on of ["2026-02-15", "2026-05-01", "2026-11-24"]) {
      const isOn = `begins_on <= '${on}' AND (ends_on IS NULL OR ends_on > '${on}')`;
      const [secretaries, heads, grids] = await Promise.all([
        app.owner.query<{ person_id: string }>(
          `SELECT person_id FROM party_secretary WHERE ${isOn}`,
        ),
        app.owner.query<{ person_id: string }>(
          `SELECT person_id FROM appointment WHERE post_code = 'H1' AND ${isOn}`,
        ),
        app.owner.query("SELECT FROM grid WHERE county_code = $1 AND level > 0", [MINI.county]),
      ]);
      const both = heads.rows.filter(({ person_id: id }) =>
        secretaries.rows.some((one) => one.person_id === id),
      ).length;
      const figure = (await figures(on)).find(({ kind }) => kind === "secretary_heads");
      expect({ on, ...figure }).toMatchObject({ on, covered: both, all: grids.rows.length });
      expect(both).toBe(on === "2026-05-01" ? 1 : 0);
    }
    const url = "/api/v1/organisation-coverage/secretary_heads";
    const without = (await centre.get(`${url}?on=2026-05-01&covered=false`)).json<{
      rows: CoverageRow[];
    }>().rows;
    expect(without.map(({ code }) => code)).not.toContain(MINI.grid1);
    expect(without.map(({ code }) => code)).toContain(MINI.grid2);
  });
});
