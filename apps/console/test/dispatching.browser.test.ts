import { afterAll, beforeAll, expect, it } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { plainDesk, reportedCase } from "./support/steps.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
});
afterAll(() => stage?.close());

it(
  "adds a rule, puts it first by keyboard, tries it, and sees the calendar's effect first",
  { timeout: 240_000 },
  async () => {
    const { page, context, complaints } = await plainDesk(stage, stage.account("county_centre"));
    await page.goto("/console/configuration");
    await page.getByRole("tab", { name: "派遣规则" }).click();
    const rows = page.locator(".rule-row");
    await expect.poll(() => rows.count()).toBe(2);

    await page.getByRole("button", { name: "添加规则" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("名称").fill("井盖由街道先处置");
    const categories = dialog.getByLabel("类别");
    await categories.fill("CM006");
    await categories.press("Enter");
    await dialog.getByRole("button", { name: "保存" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => rows.count()).toBe(3);

    const first = () => rows.first().locator("strong").innerText();
    for (let step = 0; step < 2; step += 1) {
      await page.getByRole("button", { name: "上移：井盖由街道先处置" }).focus();
      await page.keyboard.press("Enter");
      await expect
        .poll(() =>
          rows
            .nth(1 - step)
            .locator("strong")
            .innerText(),
        )
        .toBe("井盖由街道先处置");
    }
    expect(await first()).toBe("井盖由街道先处置");
    await page.reload();
    await page.getByRole("tab", { name: "派遣规则" }).click();
    await expect.poll(first).toBe("井盖由街道先处置");

    const tryIt = page.locator(".dry-run");
    const category = tryIt.getByRole("combobox").first();
    await category.fill("井盖");
    await category.press("Enter");
    await tryIt.getByRole("button", { name: "试算" }).click();
    await tryIt.locator(".dry-run-answer strong").waitFor();
    expect(await tryIt.locator(".dry-run-answer strong").innerText()).toBe("井盖由街道先处置");
    expect(await tryIt.locator("li").allInnerTexts()).toEqual([
      expect.stringContaining("由这条规则派遣"),
      expect.stringContaining("不再询问"),
      expect.stringContaining("不再询问"),
    ]);
    expect(await axeViolations(page)).toEqual([]);

    const { caseId, number } = await reportedCase(stage, context.request, "CM006");
    await tryIt.getByText("按案件号").click();
    await tryIt.getByRole("textbox", { name: "案件号" }).fill(number);
    await page.keyboard.press("Enter");
    await tryIt.locator(".dry-run-answer strong").waitFor();
    expect(await tryIt.locator(".dry-run-answer strong").innerText()).toBe("井盖由街道先处置");
    await page.goto(`/console/cases/${caseId}`);
    await page.locator(".timeline").getByText("按派遣规则“井盖由街道先处置”（第 1 版）").waitFor();

    await page.goto("/console/configuration");
    await page.getByRole("tab", { name: "工作日历" }).click();
    await page.getByRole("button", { name: "修改日历" }).click();
    const edit = page.getByRole("dialog");
    const hours = edit.getByRole("combobox", { name: "工作时段" });
    await hours.fill("19:00-21:00");
    await hours.press("Enter");
    expect(await edit.getByRole("button", { name: "保存日历" }).isDisabled()).toBe(true);
    await edit.getByRole("button", { name: "先看影响" }).click();
    await edit.getByRole("heading", { name: /件在办案件的到期时间会变/ }).waitFor();
    expect(await edit.locator(".ant-table-row").count()).toBeGreaterThan(0);
    await page.waitForTimeout(400);
    expect(await axeViolations(page)).toEqual([]);
    await edit.getByRole("button", { name: "保存日历" }).click();
    await edit.waitFor({ state: "detached" });
    await page.getByText("19:00–21:00").waitFor();
    expect(complaints).toEqual([]);
  },
);
