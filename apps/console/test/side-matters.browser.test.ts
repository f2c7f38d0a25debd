import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWorker } from "../../server/src/worker.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { csvRows, xlsxRows } from "../../server/test/support/spreadsheets.ts";
import {
  choose,
  confirm,
  dialogOf,
  listCount,
  panelOf,
  plainDesk,
  reportedCase,
  takeByApi,
} from "./support/steps.ts";

let stage: Stage;
let jobs: { close(): Promise<void> };
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
  jobs = await startWorker(stage.config);
}, 240_000);
afterAll(async () => {
  await jobs?.close();
  await stage?.close();
});

/** Takes an action of the case through its dialog, with a note, and waits for what it brings. */
const takeAside = async (page: Page, caseId: string, action: string, then: string, note = "") => {
  await page.goto(`/console/cases/${caseId}`);
  const dialog = await choose(page, action);
  if (note !== "") await dialog.locator("textarea").fill(note);
  await confirm(dialog, action);
  await panelOf(page).locator(".side-lines").getByText(then, { exact: true }).first().waitFor();
};

it("asks for 延期 by its dialog; the unit's head agrees, the street grants", async () => {
  const [street, grid, head] = [
    await plainDesk(stage, stage.account("street")),
    await plainDesk(stage, stage.account("worker")),
    await plainDesk(stage, stage.account("head")),
  ];
  const { caseId } = await reportedCase(stage, street.context.request);
  await takeByApi(grid.context.request, caseId, "sign");
  await takeAside(grid.page, caseId, "申请延期", "待审核", "需要等待材料到货");
  await takeAside(head.page, caseId, "同意延期申请", "待批准");
  await takeAside(street.page, caseId, "批准延期", "已批准");
  expect([...street.complaints, ...grid.complaints, ...head.complaints]).toEqual([]);
}, 120_000);

it("goes through 挂账, 督办 and 吹哨 by their dialogs, and the duty screen shows them", async () => {
  const [street, department, centre] = [
    await plainDesk(stage, stage.account("street")),
    await plainDesk(stage, stage.account("department")),
    await plainDesk(stage, stage.account("county_centre")),
  ];
  const { caseId } = await reportedCase(stage, street.context.request);
  const { account } = (await (await department.context.request.get("/api/v1/session")).json()) as {
    account: { unitCode: string; unitName: string };
  };
  await takeByApi(street.context.request, caseId, "dispatch", {
    note: "请城管处置",
    target: { tier: "department", unitCode: account.unitCode },
  });
  await takeByApi(department.context.request, caseId, "sign");

  await street.page.goto(`/console/cases/${caseId}`);
  const whistle = await choose(street.page, "吹哨");
  await whistle.getByLabel("执法哨").check();
  expect(await whistle.getByRole("button", { name: "吹哨", exact: true }).isDisabled()).toBe(true);
  await whistle.getByRole("combobox", { name: "请哪些部门到场" }).fill(account.unitName);
  await street.page.getByTitle(account.unitName).last().click();
  await street.page.keyboard.press("Escape");
  await whistle.locator("textarea").fill("占道经营反复出现");
  await confirm(whistle, "吹哨");
  const supervise = await choose(street.page, "督办");
  await supervise.getByLabel("重点督办").check();
  await supervise.locator("textarea").fill("居民多次反映");
  await confirm(supervise, "督办");

  await street.page.goto("/console/duty");
  for (const part of ["正在吹哨", "督办待答复"]) {
    const shown = street.page.getByRole("region", { name: part });
    await shown.locator(`a[href*="${caseId}"]`).waitFor();
  }
  expect(await axeViolations(street.page)).toEqual([]);
  await street.page.getByRole("link", { name: "查看全部：督办待答复" }).click();
  await street.page.locator(`#case-row-${caseId}`).waitFor();

  await takeAside(centre.page, caseId, "批准吹哨", "等待到场");
  await takeAside(department.page, caseId, "答复督办", "重点督办", "今日内派人处置");
  await department.page.goto(`/console/cases/${caseId}`);
  const suspend = await choose(department.page, "申请挂账");
  await suspend.getByLabel("工程类").check();
  await suspend.locator("textarea").fill("须等道路施工完成");
  const ok = suspend.getByRole("button", { name: "申请挂账", exact: true });
  expect(await ok.isDisabled()).toBe(true);
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await suspend.getByLabel("挂账到（含当日）").fill(inAMonth);
  await confirm(suspend, "申请挂账");
  await takeAside(street.page, caseId, "批准挂账", "工程类");

  await street.page.goto("/console/duty");
  const answered = street.page.getByRole("region", { name: "督办待答复" });
  await answered.locator("li, p, .ant-empty").first().waitFor();
  expect(await answered.locator(`a[href*="${caseId}"]`).count()).toBe(0);
  expect([...street.complaints, ...department.complaints, ...centre.complaints]).toEqual([]);
}, 120_000);

it("writes the list that is on screen to CSV and to Excel, case by case", async () => {
  const { page } = await plainDesk(stage, stage.account("street"));
  const list = "/console/cases?state=fed_back,dispatched";
  await page.goto(list);
  const onScreen = await listCount(page);
  expect(onScreen).toBeGreaterThan(1);
  const download = async (format: string): Promise<string> => {
    await page.goto(list);
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await page.getByRole("menuitem", { name: format }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "开始导出" }).click();
    const link = dialog.getByRole("link", { name: "下载文件" });
    await link.waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    return file.path();
  };
  const csv = await csvRows(await download("CSV"));
  const xlsx = await xlsxRows(await download("Excel"));
  const numbers = (rows: unknown[][]) => rows.map(([number]) => number);
  expect(csv).toHaveLength(onScreen + 1);
  expect(numbers(csv)[0]).toBe("案件号");
  expect(numbers(xlsx)).toEqual(numbers(csv));
}, 90_000);
