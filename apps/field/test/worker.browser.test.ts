import { randomInt } from "node:crypto";
import { offerTotp, setTotp } from "@onegrid/contract";
import { generate } from "otplib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../server/src/platform/roles.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { giveTaskToWorker } from "./support/give-task.ts";
import { phonePhoto } from "./support/photo.ts";
import {
  report,
  reportsSince,
  signInByForm,
  untilReady,
  untilSent,
  workerPosition,
} from "./support/steps.ts";

let stage: Stage;
let position: Awaited<ReturnType<typeof workerPosition>>;
beforeAll(async () => {
  stage = await startStage({ fronts: ["field"] });
  position = await workerPosition(stage);
}, 300_000);
afterAll(() => stage?.close());

/** As long as other steps of a page may take. */
const PATIENT = { timeout: 20_000 };

const rowsOf = <R extends object>(text: string, values: unknown[]) =>
  withClient(stage.database.ownerUrl, async (client) => (await client.query<R>(text, values)).rows);

/** The last step of a case with what it brought. */
const lastEvent = async (caseId: string) => {
  const rows = await rowsOf<{ kind: string; data: Record<string, unknown> }>(
    "SELECT kind, data FROM case_event WHERE case_id = $1 ORDER BY seq DESC LIMIT 1",
    [caseId],
  );
  return rows[0];
};

const open = async (role: string, hash = "") => {
  const visit = await stage.visit({ position, size: "smallPhone" });
  await visit.page.goto("/field/");
  await signInByForm(visit.page, stage.account(role));
  await visit.page.getByText(/更新于/).waitFor();
  if (hash !== "") await visit.page.goto(`/field/${hash}`);
  return visit;
};

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

describe("a worker's phone", { timeout: 120_000 }, () => {
  it("shows the duties of one's post to be acknowledged", async () => {
    const { page } = await open("worker", "#/me");
    await page.locator("summary", { hasText: "网格员 · 待确认" }).click();
    await press(page, "我已知悉，确认职责");
    await page.locator("summary", { hasText: "网格员 · 已确认" }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it("takes the details of an action without a network and sends them", async () => {
    const caseId = await giveTaskToWorker(stage);
    const { page, context } = await open("worker", `#/task/${caseId}`);
    await page.getByRole("button", { name: "签收", exact: true }).waitFor();
    await context.setOffline(true);
    await press(page, "签收");
    await press(page, "处置完成");
    await press(page, "反馈结果");
    const sheet = page.getByRole("dialog");
    await sheet.getByText("约定日期办理").click();
    await press(page, "提交");
    // The day is missing, and what was written stays.
    await sheet.getByText("请选择或填写").waitFor();
    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await sheet.getByLabel("约定完成日期").fill(day);
    await press(page, "材料到位后处理");
    expect(await axeViolations(page)).toEqual([]);
    await press(page, "提交");
    await page.getByText("3 条待发送").waitFor();
    await context.setOffline(false);
    await page.getByText(/条待发送/).waitFor({ state: "detached" });
    const last = await lastEvent(caseId);
    expect(last?.kind).toBe("feed_back");
    expect(JSON.stringify(last?.data)).toContain(day);
    expect(JSON.stringify(last?.data)).toContain("材料到位后处理");
    await context.close();
  });

  it("shows both versions when somebody else was faster, and gives up only by hand", async () => {
    const caseId = await giveTaskToWorker(stage);
    const { page, context } = await open("worker", `#/task/${caseId}`);
    await page.getByRole("button", { name: "签收", exact: true }).waitFor();
    await context.setOffline(true);
    await press(page, "签收");
    await page.getByText("1 条待发送").waitFor();
    const head = await open("head", `#/task/${caseId}`);
    await press(head.page, "签收");
    await expect.poll(async () => (await lastEvent(caseId))?.kind, PATIENT).toBe("sign");
    await context.setOffline(false);
    await page.goto("/field/#/queue");
    await page.getByText("案件已有变化").waitFor();
    await page.getByText("您当时看到").waitFor();
    await page.getByText("现在的情况", { exact: true }).waitFor();
    await press(page, "放弃");
    await press(page, "确定放弃");
    await page.getByText("全部已送达").waitFor();
    await Promise.all([context.close(), head.context.close()]);
  });

  it("keeps two accounts on one phone apart", async () => {
    const since = new Date();
    const { page, context } = await open("worker");
    await untilReady(page);
    await context.setOffline(true);
    await report(page, await phonePhoto(randomInt(1e6)));
    const signOut = async () => {
      await page.getByRole("navigation").getByRole("link", { name: "我的" }).click();
      await press(page, "退出登录");
      await press(page, "退出");
      await page.getByRole("heading", { name: "登录网格通" }).waitFor();
    };
    await signOut();
    await page.getByText(/其他账号未发送的 1 条/).waitFor();
    await context.setOffline(false);
    const other = stage.account("head");
    await signInByForm(page, other);
    await page.getByText(/更新于/).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "待发送" }).click();
    await page.getByText("全部已送达").waitFor();
    const sent = (login: string) => reportsSince(stage.database.ownerUrl, login, since);
    expect([await sent(other.login), await sent(stage.account("worker").login)]).toEqual([[], []]);
    await signOut();
    await signInByForm(page, stage.account("worker"));
    await page.getByText(/更新于/).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "待发送" }).click();
    await untilSent(page);
    expect(await sent(stage.account("worker").login)).toMatchObject([{ photos: 1 }]);
    expect(await sent(other.login)).toEqual([]);
    await context.close();
  });

  it("asks for a pin where the position is coarse, names what is known nearby, and joins it", async () => {
    const { page, context } = await open("worker");
    await report(page, await phonePhoto(randomInt(1e6)));
    await untilSent(page);
    await context.setGeolocation({ ...position, accuracy: 180 });
    await page.getByRole("navigation").getByRole("link", { name: "上报" }).click();
    await page.getByText(/误差约 180 米/).waitFor();
    const common = page.getByRole("group", { name: "常用" }).getByRole("button");
    await common.filter({ hasNotText: "紧急" }).first().click();
    const send = page.getByRole("main").getByRole("button", { name: "上报", exact: true });
    await send.click();
    await page.getByText("请在地图上标出位置，或写明地址").waitFor();
    await context.setGeolocation({ ...position, accuracy: 9 });
    await page.getByText("已定位，误差约 9 米").waitFor();
    const nearby = page.getByRole("region", { name: /件同类在办案件/ });
    await nearby.getByRole("button", { name: "就是这件" }).first().click();
    expect(await axeViolations(page)).toEqual([]);
    await press(page, "记为同一件");
    await untilSent(page);
    await page.getByText(/^同一件：/).waitFor();
    const rows = await rowsOf<{ n: number }>(
      `SELECT count(*)::int AS n FROM case_follower f JOIN cases c USING (county_code, case_id)
        JOIN account a ON (a.county_code, a.account_id) = (c.county_code, c.reporter_account_id)
       WHERE f.origin = 'joined' AND a.login = $1`,
      [stage.account("worker").login],
    );
    expect(rows).toEqual([{ n: 1 }]);
    await context.close();
  });

  it("rings the bell, also without a network, and tells the server what was read", async () => {
    await rowsOf(
      `INSERT INTO staff_alert (county_code, account_id, alert_id, kind, case_id, params, raised_at)
       SELECT a.county_code, a.account_id, gen_random_uuid(), 'overdue', c.case_id, '{}', now()
         FROM account a, LATERAL
          (SELECT case_id FROM cases WHERE grid_code = a.scope_code LIMIT 1) c
        WHERE a.login = $1`,
      [stage.account("worker").login],
    );
    const { page, context } = await open("worker");
    const bell = page.getByRole("link", { name: /^提醒，[1-9]\d* 条未读$/ });
    await bell.waitFor();
    await context.setOffline(true);
    await bell.click();
    await page.getByText("未读", { exact: true }).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await press(page, "全部标为已读");
    await expect.poll(() => page.getByText("未读", { exact: true }).count(), PATIENT).toBe(0);
    const unread = async () => {
      const rows = await rowsOf<{ n: number }>(
        `SELECT count(*)::int AS n FROM staff_alert JOIN account USING (county_code, account_id)
          WHERE login = $1 AND read_at IS NULL`,
        [stage.account("worker").login],
      );
      return rows[0]?.n;
    };
    expect(await unread()).toBeGreaterThan(0);
    await context.setOffline(false);
    await expect.poll(unread, PATIENT).toBe(0);
    await context.close();
  });

  it("signs in with an authenticator's code or a recovery code", async () => {
    const account = stage.account("department");
    const { context, page } = await stage.visit({ as: account, size: "smallPhone" });
    const { csrfToken } = await (await context.request.get("/api/v1/session")).json();
    const headers = { "x-csrf-token": csrfToken };
    const offered = await context.request.post(offerTotp.path, {
      headers,
      data: { currentPassword: account.password },
    });
    const { secret, enrolment } = offerTotp.answer.parse(await offered.json());
    const now = Math.floor(Date.now() / 1000);
    const set = await context.request.put(setTotp.path, {
      headers,
      data: { enrolment, code: await generate({ secret, epoch: now }) },
    });
    expect(set.status(), await set.text()).toBe(200);
    const { recoveryCodes } = setTotp.answer.parse(await set.json());
    await context.clearCookies();
    // A code counts once: the next one is good already.
    const next = await generate({ secret, epoch: now + 30 });
    for (const code of [next, recoveryCodes[0] ?? ""]) {
      await page.goto("/field/");
      await signInByForm(page, account);
      await page.getByLabel("验证码").waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel("验证码").fill("000000");
      await press(page, "登录");
      await page.getByRole("alert").filter({ hasText: "验证码不对" }).waitFor();
      await page.getByLabel("验证码").fill(code);
      await press(page, "登录");
      await page.getByText(/更新于/).waitFor();
      await page.getByRole("navigation").getByRole("link", { name: "我的" }).click();
      await press(page, "退出登录");
      await press(page, "退出");
      await page.getByRole("heading", { name: "登录网格通" }).waitFor();
    }
    await context.close();
  });
});
