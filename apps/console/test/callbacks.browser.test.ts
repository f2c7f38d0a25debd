import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CONSENT_VERSION, listCategories } from "@onegrid/contract";
import type { APIRequestContext } from "playwright-core";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isWebhookSigned } from "../../server/src/modules/notifications/webhook-signature.ts";
import { NO_MESSAGING } from "../../server/src/platform/messaging-config.ts";
import { withClient } from "../../server/src/platform/roles.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { dialogOf, plainDesk } from "./support/steps.ts";

let stage: Stage;
/** Another system of the county that takes what it is sent. */
const calls: { signature: string; body: string }[] = [];
const receiver = createServer((request, answer) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    calls.push({ signature: String(request.headers["onegrid-signature"]), body });
    answer.writeHead(204).end();
  });
});
beforeAll(async () => {
  await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", () => ready()));
  stage = await startStage({
    fronts: ["console"],
    config: { messaging: { ...NO_MESSAGING, privateHosts: ["127.0.0.1"] } },
  });
}, 240_000);
afterAll(async () => {
  await stage?.close();
  receiver.close();
});

/** Reports of residents, each with its contact, put on the list as the hourly draw does. */
const drawCallbacks = async (request: APIRequestContext, contacts: readonly string[]) => {
  const { categories } = listCategories.answer.parse(
    await (await request.get("/api/v1/categories")).json(),
  );
  const category = categories.find((c) => c.active && !c.emergency);
  const ids = contacts.map(() => v7());
  for (const [at, contact] of contacts.entries()) {
    const answer = await request.post("/api/v1/public/cases", {
      data: {
        caseId: ids[at],
        categoryCode: category?.categoryCode,
        description: `路灯不亮 ${at + 1}`,
        location: null,
        address: "示例路 1 号",
        accuracyM: null,
        attachmentIds: [],
        componentCode: null,
        contact,
        contactConsent: CONSENT_VERSION,
      },
    });
    if (!answer.ok()) throw new Error(await answer.text());
  }
  await withClient(stage.database.ownerUrl, (client) =>
    client.query(
      `INSERT INTO callback_task (county_code, callback_id, case_id, closed_at)
       SELECT county_code, gen_random_uuid(), case_id,
         now() + array_position($1::uuid[], case_id) * interval '1 minute'
       FROM cases WHERE case_id = ANY ($1::uuid[])`,
      [ids],
    ),
  );
  return ids;
};

it("calls back one after another: masked until asked for, the reason kept, the next one opened", async () => {
  const { page, context, complaints } = await plainDesk(stage, stage.account("county_centre"));
  const [first] = await drawCallbacks(context.request, ["13800001111", "13900002222"]);
  await page.goto("/console/callbacks");
  const queue = page.locator(".callback-queue li");
  const contact = page.locator(".callback-contact strong");
  await page.getByText("路灯不亮 1").waitFor();
  expect(await queue.count()).toBe(2);
  expect(await contact.innerText()).toBe("138****11");
  await page.getByRole("button", { name: "查看号码" }).click();
  await expect.poll(() => contact.innerText()).toBe("13800001111");
  await page.getByLabel("接通并回答").check();
  await page.getByLabel("不满意", { exact: true }).check();
  await page.getByLabel("未解决").check();
  const save = page.getByRole("button", { name: "保存，下一件" });
  await save.click();
  await page.getByText("请写明原因").waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel("哪里不满意").fill("修好又坏了");
  await save.click();

  await page.getByText("路灯不亮 2").waitFor();
  await expect.poll(() => queue.count()).toBe(1);
  expect(await contact.innerText()).toBe("139****22");
  await page.getByLabel("未接通").check();
  await save.click();
  await page.getByText("已拨打 1 次，未接通").waitFor();
  const kept = await withClient(stage.database.ownerUrl, async (client) => ({
    ratings: (await client.query("SELECT case_id, score, resolved, words FROM case_rating")).rows,
    looks: (await client.query("SELECT subject FROM audit_event WHERE action = 'contact.open'"))
      .rows,
  }));
  expect(kept).toEqual({
    ratings: [{ case_id: first, score: 2, resolved: false, words: "修好又坏了" }],
    looks: [{ subject: first }],
  });

  await page.getByLabel("不愿回访").check();
  await save.click();
  await page.getByText("没有待回访的案件").waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

it("sets up a webhook: the secret once, a signed try, pause and removal only when confirmed", async () => {
  const { page } = await plainDesk(stage, stage.account("county_centre"));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await page.goto("/console/configuration");
  await page.getByRole("tab", { name: "推送" }).click();
  await page.getByRole("button", { name: "添加地址" }).click();
  await dialogOf(page).getByLabel("地址", { exact: true }).fill(url);
  await dialogOf(page).getByRole("button", { name: "保存" }).click();
  const secret = await page.locator(".webhook-secret code").innerText();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "我已保存" }).click();
  await page.getByRole("button", { name: `测试 ${url}` }).click();
  await page.getByText("对方已收到（HTTP 204）").waitFor();
  const [call] = calls;
  expect(isWebhookSigned(secret, call?.signature ?? "", call?.body ?? "", new Date())).toBe(true);
  await page.reload();
  await page.getByRole("tab", { name: "推送" }).click();
  await page.getByRole("button", { name: `暂停 ${url}` }).click();
  await page.getByRole("button", { name: "暂停", exact: true }).click();
  await page.getByText("已暂停").waitFor();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: `删除 ${url}` }).click();
  await page.getByRole("button", { name: "删除", exact: true }).click();
  await page.getByText("还没有推送地址").waitFor();
}, 60_000);

it("finds a component and writes that it is damaged", async () => {
  const { page } = await plainDesk(stage, stage.account("county_centre"));
  await page.goto("/console/configuration");
  await page.getByRole("tab", { name: "部件" }).click();
  const rows = page.locator(".components tbody .ant-table-row");
  await rows.first().waitFor();
  const code = await rows.first().locator("td").first().innerText();
  await page.getByRole("searchbox").fill(code);
  await page.keyboard.press("Enter");
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByRole("button", { name: `修改 ${code}` }).click();
  await dialogOf(page).getByLabel("状态").click();
  await page.getByTitle("丢失").last().click();
  await dialogOf(page).getByRole("button", { name: "保存" }).click();
  await dialogOf(page).waitFor({ state: "detached" });
  await rows.getByText("丢失").waitFor();
}, 60_000);
