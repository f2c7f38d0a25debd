import type { Problem } from "@onegrid/contract";
import sharp from "sharp";
import { extractText, getDocumentProxy } from "unpdf";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../../test/support/app.ts";
import { MINI } from "../../../../test/support/mini-county.ts";

let app: TestApp;
let worker: TestClient;
const caseId = uuidv7();

const photo = async (colour: string): Promise<string> => {
  const attachmentId = uuidv7();
  const background = { width: 640, height: 480, channels: 3, background: colour } as const;
  const body = await sharp({ create: background }).jpeg().toBuffer();
  const path = `/api/v1/attachments/${attachmentId}`;
  const answer = await worker.call("PUT", path, body, { "content-type": "image/jpeg" });
  expect(answer.statusCode).toBeLessThan(300);
  return attachmentId;
};

const act = async (action: string, baseVersion: number, over: Record<string, unknown>) => {
  const command = {
    commandId: uuidv7(),
    caseId,
    action,
    baseVersion,
    deviceSeq: 0,
    capturedAt: null,
    note: null,
    target: null,
    attachmentIds: [],
    ...over,
  };
  const { results } = (await worker.post("/api/v1/case-commands", { commands: [command] })).json();
  expect(results[0].outcome).toBe("applied");
};

beforeAll(async () => {
  app = await testApp();
  worker = await app.as("worker1");
  const before = await photo("#884422");
  await worker.post("/api/v1/cases", {
    reports: [
      {
        caseId,
        categoryCode: MINI.categories.litter,
        // ① is in a part of the font of its own, and the bin in none.
        description: "①号店主反映垃圾堆放，电话 13812345678 \u{1F5D1}\n第二行",
        location: { lng: 107.05, lat: 30.05 },
        accuracyM: 12,
        address: "和平路 7 号",
        capturedAt: null,
        attachmentIds: [before],
        selfHandledNote: null,
      },
    ],
  });
  await act("sign", 3, {});
  const after = await photo("#228844");
  await act("feed_back", 4, { note: "已清运，请致电 13987654321 核实", attachmentIds: [after] });
});
afterAll(() => app.close());

const fileOf = async (client: TestClient, language = "zh-CN") => {
  const answer = await client.get(`/api/v1/cases/${caseId}/file?language=${language}`);
  expect(answer.headers["content-type"]).toBe("application/pdf");
  const document = await getDocumentProxy(new Uint8Array(answer.rawPayload));
  const { text } = await extractText(document, { mergePages: true });
  return { answer, document, text: text.replaceAll(/\s+/g, " ") };
};

describe("the file of a case", () => {
  test("says place, words, clocks and every step in Chinese, with numbers masked", async () => {
    const { answer, document, text } = await fileOf(await app.as("street1"));
    expect(answer.headers["content-disposition"]).toMatch(/attachment; filename="case-\d{8}-/);
    for (const part of ["处置前", "处置后", "和平路 7 号", "总时限", "按期", "反馈", "已清运"]) {
      expect(text, part).toContain(part);
    }
    expect(text).toContain("①号店主反映垃圾堆放");
    expect(text).toContain("138****5678");
    expect(text).toContain("139****4321");
    expect(text).not.toMatch(/1(38|39)\d{8}/);
    expect(text).toContain(`第 ${document.numPages} 页，共 ${document.numPages} 页`);
    const pictures = await Promise.all(
      Array.from({ length: document.numPages }, async (_, n) => {
        const { fnArray } = await (await document.getPage(n + 1)).getOperatorList();
        return fnArray.filter((operation) => operation === 85).length;
      }),
    );
    expect(pictures.reduce((sum, n) => sum + n, 0)).toBe(2);
  });

  test("speaks English on request and is remembered in the audit log", async () => {
    const { text } = await fileOf(worker, "en");
    expect(text).toContain("Case file");
    expect(text).toContain("What was reported");
    const { rows } = await app.owner.query(
      "SELECT 1 FROM audit_event WHERE action = 'cases.file' AND subject = $1",
      [caseId],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test("is made only for those who have the case in sight", async () => {
    const other = await (await app.as("street2")).get(`/api/v1/cases/${caseId}/file`);
    expect(other.json<Problem>().code).toBe("cases.not_found");
    expect((await app.anonymous.get(`/api/v1/cases/${caseId}/file`)).statusCode).toBe(401);
  });
});
