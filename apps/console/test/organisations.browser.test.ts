import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStage, type Stage } from "../../server/test/support/browser.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
}, 240_000);
afterAll(() => stage?.close());

describe("organisations and registers", { timeout: 240_000 }, () => {
  it("found an organisation, show it on its day and not before, and open the rows of a figure", async () => {
    const { page } = await stage.visit({ size: "desktop", as: stage.account("county_centre") });
    await page.goto("/console/organisations");
    await page.getByRole("button", { name: "登记党组织" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("编号", { exact: true }).fill("DZ-TEST");
    await dialog.getByLabel("发生日期").fill("2025-03-01");
    await dialog.getByLabel("名称").fill("试点党工委");
    await dialog.getByRole("combobox", { name: "层级" }).click();
    await page.getByTitle("街道党工委").click();
    await dialog.getByRole("combobox", { name: "网格", exact: true }).click();
    await page.locator(".ant-select-tree-node-content-wrapper").first().click();
    await dialog.getByRole("button", { name: "登记", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });

    await page.getByRole("tab", { name: "党组织", exact: true }).click();
    await page.getByPlaceholder("搜索名称或编号").fill("试点党工委");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "试点党工委" }).click();
    await page.getByRole("dialog").getByText("2025-03-01").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel("查看日期").fill("2025-02-28");
    await page.getByText("这一天没有符合条件的党组织").waitFor();

    await page.getByLabel("查看日期").fill("2026-01-01");
    await page.getByRole("tab", { name: "覆盖率", exact: true }).click();
    const figure = page.locator(".coverage-figure", { hasText: "小区党组织覆盖率" });
    const exceptions = figure.getByRole("button", { name: /未覆盖/ });
    const count = Number((await exceptions.innerText()).match(/\d+/)?.[0]);
    expect(count).toBeGreaterThan(0);
    await exceptions.click();
    await page.locator(".ant-table-row .organisation-missing").first().waitFor();
    expect(await page.locator(".ant-table-row").count()).toBe(Math.min(count, 50));
  });
});
