import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import type { CaseExport, Problem } from "@onegrid/contract";
import readXlsx from "read-excel-file/node";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testApp, type TestApp, type TestLogin } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { csvLine } from "./columns.ts";
import { exportPath } from "./export-store.ts";
import { exportTasks } from "./export-tasks.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  const worker = await app.as("worker1");
  const texts = ["=HYPERLINK(1)", "电话 13812345678，请回", '他说"好"，\n换行'];
  await worker.post("/api/v1/cases", {
    reports: texts.map((description) => ({
      caseId: uuidv7(),
      categoryCode: MINI.categories.litter,
      description,
      location: { lng: 107.05, lat: 30.05 },
      accuracyM: null,
      address: null,
      capturedAt: null,
      attachmentIds: [],
      selfHandledNote: null,
    })),
  });
});
afterAll(() => app.close());

const body = (over: Record<string, unknown> = {}) => ({
  exportId: uuidv7(),
  format: "csv",
  language: "zh-CN",
  filters: { open: "true", sort: "reported_desc" },
  ...over,
});

/** Asks for an export and does the job that this queued, as the worker would. */
const exported = async (login: TestLogin, over: Record<string, unknown> = {}) => {
  const asked = body(over);
  const answer = await (await app.as(login)).post("/api/v1/case-exports", asked);
  expect(answer.statusCode).toBe(201);
  const { services, config } = app;
  await exportTasks["exports.write"](
    { config, database: services.database, clock: app.clock, jobs: services.jobs },
    { countyCode: MINI.county, exportId: asked.exportId },
  );
  const path = exportPath(config, {
    county_code: MINI.county,
    export_id: asked.exportId,
    format: asked.format,
  });
  return { asked, path };
};

describe("an export", () => {
  test("is the list as the account sees it, masked, and no formula", async () => {
    const { asked, path } = await exported("street1");
    const centre = await app.as("street1");
    const state = await centre.get(`/api/v1/case-exports/${asked.exportId}`);
    expect(state.json<CaseExport>()).toMatchObject({ state: "done", rows: 3, problem: null });
    const file = await centre.get(`/api/v1/case-exports/${asked.exportId}/file`);
    expect(file.headers["content-disposition"]).toContain("attachment");
    expect(file.payload).toBe(await readFile(path, "utf8"));
    expect(file.payload).toMatch(/^\uFEFF案件号,状态,/);
    expect(file.payload).toContain("'=HYPERLINK(1)");
    expect(file.payload).toContain("138****5678");
    expect(file.payload).not.toContain("13812345678");
    expect(file.payload).toContain('"他说""好""，\n换行"');
    const other = await exported("street2");
    expect((await readFile(other.path, "utf8")).split("\r\n")).toHaveLength(2);
  });

  test("can be a spreadsheet, in English", async () => {
    const { path } = await exported("centre", { format: "xlsx", language: "en" });
    const sheets = await readXlsx(createReadStream(path));
    const rows = Array.isArray(sheets[0]) ? sheets : (sheets[0] as { data: unknown[][] }).data;
    expect(rows).toHaveLength(4);
    expect((rows[0] as unknown[])[0]).toBe("Case number");
  });

  test("is nobody else's, waits for its file, and is remembered in the audit log", async () => {
    const { asked } = await exported("centre");
    const street = await app.as("street1");
    const refused = await street.get(`/api/v1/case-exports/${asked.exportId}`);
    expect(refused.json<Problem>().code).toBe("exports.not_found");
    const taken = await street.post("/api/v1/case-exports", asked);
    expect(taken.json<Problem>().code).toBe("exports.id_taken");
    const centre = await app.as("centre");
    const again = await centre.post("/api/v1/case-exports", asked);
    expect(again.json<CaseExport>().state).toBe("done");
    for (let n = 0; n < 3; n += 1) {
      const waiting = body();
      expect((await centre.post("/api/v1/case-exports", waiting)).statusCode).toBe(201);
      const early = await centre.get(`/api/v1/case-exports/${waiting.exportId}/file`);
      expect(early.json<Problem>().code).toBe("exports.not_ready");
    }
    const many = await centre.post("/api/v1/case-exports", body());
    expect(many.json<Problem>().code).toBe("exports.too_many");
    const { rows } = await app.owner.query(
      "SELECT 1 FROM audit_event WHERE action = 'cases.export' AND subject = $1",
      [asked.exportId],
    );
    expect(rows).toHaveLength(1);
  });
});

test("a cell that would be a formula is text", () => {
  expect(csvLine(["+1", "-1", "@a", "\tx", "a=b"])).toBe("'+1,'-1,'@a,'\tx,a=b\r\n");
});

describe("a short list", () => {
  const file = async (login: TestLogin, list: string, query = "format=csv") =>
    (await app.as(login)).get(`/api/v1/${list}/export?${query}`);

  test("is answered at once as a table, in both languages, and on record", async () => {
    const accounts = await file("security", "accounts");
    expect(accounts.headers["content-disposition"]).toContain("attachment");
    expect(accounts.payload).toMatch(/^\uFEFF账号,名称,角色,/);
    expect(accounts.payload).toContain("worker1");
    const listed = await file("centre", "categories", "format=csv&language=en");
    expect(listed.payload).toMatch(/^\uFEFFCode,Name,Net,Kind,Owner,/);
    expect(listed.payload).toContain(MINI.categories.litter);
    const sheet = await (await app.as("centre")).get("/api/v1/departments/export?format=xlsx");
    const [first] = await readXlsx(Readable.from([sheet.rawPayload]));
    expect(first?.data[0]).toEqual(["编码", "名称", "网", "值班电话", "示例数据"]);
    expect(first?.data.length).toBeGreaterThan(2);
    for (const list of ["notices", "callbacks"]) {
      expect([list, (await file("centre", list)).statusCode]).toEqual([list, 200]);
    }
    const { rows } = await app.owner.query(
      "SELECT subject, detail->>'format' AS format FROM audit_event WHERE action = 'list.export'",
    );
    expect(rows).toContainEqual({ subject: "accounts", format: "csv" });
    expect(rows).toContainEqual({ subject: "departments", format: "xlsx" });
  });

  test("is given to nobody whose post does not need it", async () => {
    expect((await file("worker1", "accounts")).statusCode).toBe(403);
    expect((await file("centre", "accounts")).statusCode).toBe(403);
    expect((await file("street1", "callbacks")).statusCode).toBe(403);
    expect((await app.anonymous.get("/api/v1/categories/export?format=csv")).statusCode).toBe(401);
    expect((await file("centre", "categories", "format=pdf")).statusCode).toBe(422);
  });
});
