import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { choose, plainDesk, panelOf, reportedCase, signInByForm } from "./support/steps.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
});
afterAll(() => stage?.close());

const SCREENS = [
  { path: "/console/", ready: ".waiting-list, .ant-empty" },
  { path: "/console/cases?open=true", ready: ".case-row" },
  { path: "/console/board", ready: ".board-table" },
  { path: "/console/report", ready: ".report-form" },
  { path: "/console/configuration", ready: ".ant-table-row" },
  { path: "/console/callbacks", ready: "h1" },
  { path: "/console/duty", ready: ".duty-part" },
  { path: "/console/account", ready: ".password-form" },
] as const;

describe("every screen", { timeout: 240_000 }, () => {
  it("keeps the rules of accessibility and complains of nothing", async () => {
    const { page, complaints } = await plainDesk(stage, stage.account("county_centre"));
    for (const { path, ready } of SCREENS) {
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      await page.waitForLoadState("networkidle", { timeout: 2000 }).catch(() => {});
      expect({ path, broken: await axeViolations(page) }).toEqual({ path, broken: [] });
    }
    for (const tab of ["工作日历", "职能部门", "部件", "推送"]) {
      await page.goto("/console/configuration");
      await page.getByRole("tab", { name: tab }).click();
      await page
        .locator(".month:visible, .ant-table-row:visible, .ant-empty:visible")
        .first()
        .waitFor();
      expect({ tab, broken: await axeViolations(page) }).toEqual({ tab, broken: [] });
    }
    expect(complaints).toEqual([]);
  });

  it("keeps them with filters, a case and a dialog open, and at the door", async () => {
    const { page, context } = await plainDesk(stage, stage.account("street"));
    const { caseId } = await reportedCase(stage, context.request);
    await page.goto(`/console/cases/${caseId}?open=true`);
    await panelOf(page).locator(".timeline li").first().waitFor();
    await page.getByRole("button", { name: "筛选" }).click();
    expect(await axeViolations(page)).toEqual([]);
    await choose(page, "派遣");
    await page.waitForTimeout(600);
    expect(await axeViolations(page)).toEqual([]);
    const door = await plainDesk(stage);
    await door.page.goto("/console/");
    await door.page.getByRole("button", { name: "登录", exact: true }).waitFor();
    expect(await axeViolations(door.page)).toEqual([]);
  });

  it("needs no sideways scrolling on a phone", async () => {
    const account = stage.account("county_centre");
    const { page } = await stage.visit({ size: "phone", as: account });
    for (const { path, ready } of SCREENS) {
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, over }).toEqual({ path, over: 0 });
    }
    await page.getByRole("button", { name: "菜单" }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole("link", { name: account.name }).click();
    await page.getByRole("heading", { name: account.name }).waitFor();
    expect(await page.getByRole("link", { name: account.name }).isVisible()).toBe(false);
  });

  it("has its whole head in one line at 1280 px, in both languages", async () => {
    const { page } = await plainDesk(stage, stage.account("county_centre"));
    await page.goto("/console/account");
    for (const [language, menu] of [
      ["中文", "管理"],
      ["English", "Manage"],
    ] as const) {
      await page.getByRole("button", { name: language }).click();
      const button = page.getByRole("button", { name: menu, exact: true });
      await button.waitFor();
      const head = await page.locator(".shell-header").evaluate((element) => ({
        height: element.clientHeight,
        over: element.scrollWidth - element.clientWidth,
      }));
      expect({ language, ...head }).toEqual({ language, height: head.height, over: 0 });
      expect(head.height).toBeLessThan(60);
      await button.click();
      expect(await page.locator(".nav-menu-list a").count()).toBe(5);
      await page.keyboard.press("Escape");
      expect(await page.locator(".nav-menu-list").isVisible()).toBe(false);
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });
});

describe("without a mouse", { timeout: 240_000 }, () => {
  it("signs in, walks the list, opens, closes and searches", async () => {
    const { page } = await plainDesk(stage);
    await page.goto("/console/cases?open=true");
    const { login, password } = stage.account("street");
    await page.getByLabel("账号").focus();
    await page.keyboard.type(login);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.locator(".case-row").first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
    const rows = await page.locator(".case-row a").evaluateAll((all) => all.map((a) => a.id));

    await page.keyboard.press("j");
    await expect.poll(focused).toBe(rows[0]);
    await page.keyboard.press("ArrowDown");
    await expect.poll(focused).toBe(rows[1]);
    await page.keyboard.press("k");
    await expect.poll(focused).toBe(rows[0]);
    await page.keyboard.press("x");
    expect(await page.locator(".case-row input").first().isChecked()).toBe(true);
    await page.keyboard.press("Enter");
    await panelOf(page).locator(".case-actions button").first().waitFor();
    await page.keyboard.press("a");
    expect(await page.evaluate(() => document.activeElement?.closest(".case-actions"))).not.toBe(
      null,
    );
    await page.keyboard.press("Escape");
    await panelOf(page).waitFor({ state: "detached" });
    await expect.poll(focused).toBe(rows[0]);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "键盘操作" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "键盘操作" }).waitFor({ state: "detached" });
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "搜索案件",
    );
  });

  it("waits out a lockout and says how long", async () => {
    const { page } = await plainDesk(stage);
    await page.goto("/console/sign-in");
    const account = { ...stage.account("department"), password: "not-the-password" };
    // Both at one instant: the first lockouts are over within a second or two.
    const lockedOut = () =>
      page.evaluate(
        () =>
          /请等待 \d+ 秒后再试/.test(document.querySelector("[role='alert']")?.textContent ?? "") &&
          document.querySelector<HTMLButtonElement>("form button")?.disabled === true,
      );
    let seen = false;
    for (let attempt = 0; attempt < 15 && !seen; attempt += 1) {
      const answered = page.waitForResponse("**/api/v1/session");
      await signInByForm(page, account);
      await answered;
      await page.waitForTimeout(100);
      seen = await lockedOut();
    }
    expect(seen).toBe(true);
  });
});
