import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMailServer, wordsOf } from "../../server/src/modules/notifications/test/receivers.ts";
import { withClient } from "../../server/src/platform/roles.ts";
import { startWorker } from "../../server/src/worker.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";

/** A whole story of two people and a desk, on a machine that others use too. */
const PATIENCE_MS = 300_000;

let stage: Stage;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  mail = await startMailServer();
  stage = await startStage({
    fronts: ["portal"],
    config: {
      messaging: {
        publicUrl: "https://grid.example.org",
        email: { smtpUrl: mail.url, from: "no-reply@grid.example.org" },
        sms: null,
        privateHosts: [],
      },
    },
  });
  worker = await startWorker(stage.config);
}, PATIENCE_MS);
afterAll(async () => {
  await worker?.close();
  await stage?.close();
  await mail?.close();
});

/** Longer than the server takes for a person's quickest reading. */
const READING_MS = 3_200;
const SHOTS = process.env["ONEGRID_SHOTS"];

const visitorOf = async (scripts: boolean, size = { width: 360, height: 740 }): Promise<Page> => {
  const context = await stage.browser.newContext({
    baseURL: stage.address,
    javaScriptEnabled: scripts,
    viewport: size,
    locale: "zh-CN",
  });
  return context.newPage();
};

/** Looks at a page as it is: rules of accessibility, and no scrolling sideways. */
const inspectPage = async (page: Page, scripts: boolean, name: string) => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    if (SHOTS !== undefined) {
      await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect([name, width, overflow]).toEqual([name, width, 0]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  // The rules are looked at by a script, so on the pages as scripts leave them.
  if (scripts) expect([name, await axeViolations(page)]).toEqual([name, []]);
};

const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  withClient(stage.database.ownerUrl, async (client) => (await client.query<T>(text, values)).rows);

const until = async (said: () => boolean) => {
  for (let n = 0; n < 200 && !said(); n += 1) await new Promise((done) => setTimeout(done, 50));
  expect(said()).toBe(true);
};

/** An ordinary category that is not an emergency. */
const category = async (): Promise<string> => {
  const [row] = await sql<{ code: string }>(
    `SELECT category_code AS code FROM category WHERE NOT emergency AND NOT superseded AND active
       AND start_tier = 'level3' ORDER BY category_code LIMIT 1`,
  );
  return row?.code ?? "";
};

/** Sends the form with a place, as scripts or a browser without them would have filled it. */
const fill = async (page: Page, place: { lng: string; lat: string }, words: string) => {
  await page.goto("/report");
  await page.locator("#categoryCode").selectOption(await category());
  await page.locator("#description").fill(words);
  await page.locator("#address").fill("文化广场东门");
  const hidden = (name: string) => page.locator(`input[name=${name}]`);
  for (const [name, value] of Object.entries(place)) {
    await hidden(name).evaluate((input, text) => ((input as HTMLInputElement).value = text), value);
  }
};

const codeOn = (page: Page) => page.locator("[data-copy]").getAttribute("data-copy");

/** Takes a case to an end as staff would, through the wire. */
const endCase = async (code: string | null) => {
  const [row] = await sql<{ case_id: string }>(
    "SELECT case_id FROM cases WHERE receipt_code = $1",
    [code],
  );
  const centre = await stage.visit({ as: stage.account("county_centre"), size: "desktop" });
  const session = await (await centre.page.request.get("/api/v1/session")).json();
  const act = async (action: string, over: object = {}) => {
    const detail = await (await centre.page.request.get(`/api/v1/cases/${row?.case_id}`)).json();
    const answer = await centre.page.request.post("/api/v1/case-commands", {
      headers: { "x-csrf-token": session.csrfToken },
      data: {
        commands: [
          {
            commandId: crypto.randomUUID(),
            caseId: row?.case_id,
            action,
            baseVersion: detail.version,
            deviceSeq: 0,
            capturedAt: null,
            note: null,
            target: null,
            attachmentIds: [],
            details: null,
            ...over,
          },
        ],
      },
    });
    const [result] = (await answer.json()).results;
    expect(result).toMatchObject({ outcome: "applied" });
  };
  await act("file");
  await act("self_handle", { note: "已清走" });
  await centre.context.close();
};

describe.each([
  { scripts: false, lng: "107.3331", lat: "30.3271" },
  { scripts: true, lng: "107.3431", lat: "30.3281" },
])("with scripts: $scripts", ({ scripts, ...place }) => {
  test(
    "a report with news by mail, followed by a neighbour, rated and reopened",
    async () => {
      const page = await visitorOf(scripts);
      await fill(page, place, "垃圾堆了三天");
      await page.locator("#updatesTo").fill("li@example.org");
      await page.waitForTimeout(READING_MS);
      await page.getByRole("button", { name: "提交" }).click();
      await page.getByText("请勾选同意").first().waitFor();
      await page.locator("[name=updatesAgreed]").check();
      await page.getByRole("button", { name: "提交" }).click();
      await page.waitForURL("**/receipts/**");
      const code = await codeOn(page);
      await inspectPage(page, scripts, `receipt-${scripts}`);
      await until(() => mail.mails.some(({ raw }) => raw.includes("li@example.org")));
      const letter = mail.mails.findLast(({ raw }) => raw.includes("li@example.org"));
      const link =
        /https:\/\/grid\.example\.org(\/messages\/\S+)/.exec(wordsOf(letter!))?.[1] ?? "";
      await page.goto(link);
      await inspectPage(page, scripts, `messages-${scripts}`);
      await page.getByRole("button", { name: "确认接收" }).click();
      await page.getByRole("heading", { name: "会把进展发给您" }).waitFor();

      // The desk accepts it; a neighbour meets the same thing.
      const [row] = await sql<{ case_id: string }>(
        "UPDATE cases SET state = 'filed' WHERE receipt_code = $1 RETURNING case_id",
        [code],
      );
      const neighbour = await visitorOf(scripts);
      await fill(neighbour, place, "好多垃圾");
      await neighbour.waitForTimeout(READING_MS);
      await neighbour.getByRole("button", { name: "提交" }).click();
      await neighbour.getByRole("heading", { name: "附近有人报过同一类问题" }).waitFor();
      expect(await neighbour.locator("main").innerText()).not.toContain("垃圾堆了三天");
      await inspectPage(neighbour, scripts, `nearby-${scripts}`);
      await neighbour.getByRole("button", { name: "就是这件" }).first().click();
      await neighbour.waitForURL("**/receipts/**");
      expect(await neighbour.locator("main").innerText()).not.toContain("垃圾堆了三天");
      await neighbour.getByRole("heading", { name: "已为您跟进这件事" }).waitFor();
      expect(await codeOn(neighbour)).not.toBe(code);
      await inspectPage(neighbour, scripts, `joined-${scripts}`);
      await neighbour.context().close();
      await sql("UPDATE cases SET state = 'reported' WHERE case_id = $1", [row?.case_id]);

      await endCase(code);
      await until(() => mail.mails.some((each) => wordsOf(each).includes("已清走")));
      await page.goto(`/receipts/${code}`);
      await inspectPage(page, scripts, `closed-${scripts}`);
      await page.getByLabel("不满意", { exact: true }).check();
      await page.getByLabel("没有解决").check();
      await page.getByRole("button", { name: "提交评价" }).click();
      await page.getByText("您的评价已收到").waitFor();
      await page.locator("#reopening-words").fill("还在那里");
      await page.getByRole("button", { name: "申请重开" }).click();
      await page.getByText("已重新办理").waitFor();
      expect(await page.getByRole("button", { name: "申请重开" }).count()).toBe(0);
      await inspectPage(page, scripts, `reopened-${scripts}`);
      await page.getByRole("button", { name: "不再接收" }).click();
      await page.getByText("已按您的选择保存").waitFor();
      const left = await sql(
        "SELECT channel, ciphertext FROM case_follower WHERE follower_id = $1",
        [row?.case_id],
      );
      expect(left).toEqual([{ channel: "page", ciphertext: null }]);
      await page.context().close();
    },
    PATIENCE_MS,
  );

  test(
    "words that mean danger come before sending; none of the known ones sends the report",
    async () => {
      const page = await visitorOf(scripts);
      await fill(page, { lng: "107.36", lat: "30.36" }, "垃圾着火了");
      await page.waitForTimeout(READING_MS);
      await page.getByRole("button", { name: "提交" }).click();
      await page.getByRole("heading", { name: "有危险，请先打电话" }).waitFor();
      await inspectPage(page, scripts, `urgent-${scripts}`);
      expect(await page.locator("main a[href='tel:119']").count()).toBe(1);
      await page.getByRole("button", { name: "已打过电话" }).click();
      await page.waitForURL("**/receipts/**");
      expect(await page.locator("main").innerText()).toContain("垃圾着火了");
      await page.context().close();
    },
    PATIENCE_MS,
  );
});
