import { CONSENT_VERSION, listCategories } from "@onegrid/contract";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { withClient } from "../../server/src/platform/roles.ts";
import { plainDesk, signInByForm } from "./support/steps.ts";

let stage: Stage;
beforeAll(async () => {
  // Nobody listens there: a provider that is away.
  const oidc = {
    issuer: "http://127.0.0.1:65535",
    clientId: "onegrid",
    clientSecret: "secret",
    employeeNumberClaim: "employee_number",
    label: "政务统一登录",
  };
  stage = await startStage({
    fronts: ["console", "field", "portal"],
    config: { oidc: { "500231": oidc } },
  });
});
afterAll(() => stage?.close());

const givePassword = (login: string) =>
  withClient(stage.database.ownerUrl, (client) =>
    client.query("UPDATE account SET password_given = true WHERE login = $1", [login]),
  );

it("asks at the desk for a password of one's own before anything else opens", async () => {
  const account = stage.account("street");
  await givePassword(account.login);
  const { page } = await plainDesk(stage);
  await page.goto("/console/");
  await signInByForm(page, account);
  await page.getByRole("heading", { name: "请先修改密码" }).waitFor();
  expect(await page.getByRole("navigation").count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel("当前密码").fill(account.password);
  await page.getByLabel("新密码", { exact: true }).fill("copper-meadow-19-lantern");
  await page.getByLabel("再输入一次").fill("copper-meadow-19-lantern");
  await page.getByRole("button", { name: "修改密码" }).click();
  await page.getByRole("navigation").first().waitFor();
}, 60_000);

it("offers the county's own sign-in, and says when it is away", async () => {
  const { page } = await plainDesk(stage);
  await page.goto("/console/board");
  const way = page.getByRole("link", { name: "政务统一登录" });
  await way.waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await way.click();
  await page.getByText(/统一登录暂时连不上/).waitFor();
  await page.getByLabel("账号").waitFor();
}, 60_000);

it("asks on the phone too, and goes on where the worker was going", async () => {
  const account = stage.account("worker");
  await givePassword(account.login);
  const { page } = await stage.visit({ size: "smallPhone" });
  await page.goto("/field/");
  await page.getByLabel("账号").fill(account.login);
  await page.getByLabel("密码").fill(account.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  const fresh = page.getByLabel(/^新密码/);
  await fresh.waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await fresh.fill("1234567890");
  await page.getByRole("button", { name: "保存并进入" }).click();
  await page.getByRole("alert").waitFor();
  await fresh.fill("velvet-harbour-38-orchard");
  await page.getByRole("button", { name: "保存并进入" }).click();
  await page.getByRole("navigation").waitFor();
}, 60_000);

it("makes a key for another system, shows it once, and revokes it", async () => {
  const { page, context } = await plainDesk(stage, stage.account("security_administrator"));
  await page.goto("/console/accounts");
  await page.getByRole("tab", { name: "系统密钥" }).click();
  await page.getByRole("button", { name: "新建密钥" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("系统名称").fill("12345 热线平台");
  await dialog.getByLabel("以谁的身份").click();
  await page.getByTitle("县级中心").last().click();
  await dialog.getByLabel("查看总览").check();
  await dialog.getByRole("button", { name: "新建密钥" }).click();
  const key = await page.locator(".api-key-secret code").innerText();
  expect(key).toMatch(/^onegrid_key_/);
  expect(await axeViolations(page)).toEqual([]);
  const board = () =>
    context.request.get("/api/v1/board", { headers: { authorization: `Bearer ${key}` } });
  expect((await board()).status()).toBe(200);
  await page.getByRole("button", { name: "我已保存" }).click();
  await page.getByRole("cell", { name: "有效", exact: true }).waitFor();
  expect(await page.content()).not.toContain(key);
  await page.getByRole("button", { name: "吊销" }).click();
  await page.getByRole("button", { name: "吊销" }).last().click();
  await page.getByRole("cell", { name: "已吊销" }).waitFor();
  expect((await board()).status()).toBe(401);
}, 60_000);

it("lets whoever holds a receipt delete what is kept about them, without a script too", async () => {
  const { page, context } = await stage.visit({ size: "smallPhone" });
  const { categories } = listCategories.answer.parse(
    await (await context.request.get("/api/v1/categories")).json(),
  );
  const sent = await context.request.post("/api/v1/public/cases", {
    data: {
      caseId: v7(),
      categoryCode: categories.find((category) => category.active)?.categoryCode,
      description: "路灯不亮",
      location: null,
      address: "示例路 1 号",
      accuracyM: null,
      attachmentIds: [],
      componentCode: null,
      contact: "13800001111",
      contactConsent: CONSENT_VERSION,
    },
  });
  const { receiptCode } = (await sent.json()) as { receiptCode: string };
  await page.goto(`/receipts/${receiptCode}`);
  await page.getByText("我的个人信息").click();
  expect(await axeViolations(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载我的信息" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  await page.getByLabel(/我确认删除/).check();
  await page.getByRole("button", { name: "删除我的信息" }).click();
  await page.getByText(/已经删除/).waitFor();
  const left = await context.request.post(`/api/v1/public/receipts/${receiptCode}/data`);
  expect(await left.json()).toMatchObject({ contact: null });
}, 60_000);
