import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableOf } from "../../server/src/modules/imports/test/workbooks.ts";
import { startWorker } from "../../server/src/worker.ts";
import { startStage, type Stage } from "../../server/test/support/browser.ts";

let stage: Stage;
let worker: { close(): Promise<void> };
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
  worker = await startWorker(stage.config);
}, 240_000);
afterAll(async () => {
  await worker?.close();
  await stage?.close();
});

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

  it("brings estates and organisations in: look, take the marked table back, leave the faulty row out", async () => {
    const { page } = await stage.visit({ size: "desktop", as: stage.account("county_centre") });
    const grids = await page.request.get("/api/v1/grids?parent=500231001001");
    const { grids: found } = (await grids.json()) as { grids: { gridCode: string }[] };
    const gridCode = found[0]?.gridCode ?? "";
    const panel = page.getByRole("dialog");
    const bring = async (name: string, table: (string | number | null)[][]) => {
      await page.getByRole("button", { name: "导入导出", exact: true }).click();
      const buffer = await tableOf(table);
      await panel
        .getByLabel(/选择表格文件/)
        .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    };
    await page.goto("/console/organisations");
    await page.getByRole("tab", { name: "台账", exact: true }).click();
    await bring("小区.xlsx", [
      ["编号", "小区名称", "网格编码", "户数", "经度", "纬度", "联系人"],
      ["TEST-1", "导入花园", gridCode, 120, 107.33, 30.31, "某某"],
      ["TEST-2", "", gridCode, "很多", 107.33, null, null],
    ]);
    await panel.getByText("应为整数").waitFor();
    await panel.getByText("经度和纬度须同时填写").waitFor();
    expect(await panel.getByText("未使用：联系人").count()).toBe(1);
    const [marked] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("link", { name: "下载标注了问题的表" }).click(),
    ]);
    expect(marked.suggestedFilename()).toMatch(/^小区.*\.xlsx$/);
    await panel.getByRole("button", { name: "跳过 1 行，写入其余 1 行" }).click();
    await panel.getByText("已写入").waitFor();
    await page.keyboard.press("Escape");
    await page.getByPlaceholder("搜索名称或编号").fill("导入花园");
    await page.keyboard.press("Enter");
    await page.locator(".ant-table-row", { hasText: "TEST-1" }).waitFor();

    await page.getByRole("tab", { name: "党组织", exact: true }).click();
    await bring("党组织.xlsx", [
      ["编号", "名称", "层级", "依托对象", "依托对象编号", "网格编码", "成立日期"],
      ["DZ-NEW", "导入花园党小组", "党小组", "小区", "TEST-1", gridCode, "2024年3月1日"],
    ]);
    await panel.getByRole("button", { name: "写入全部 1 行" }).click();
    await panel.getByText("已写入").waitFor();
    await page.keyboard.press("Escape");
    await page.getByPlaceholder("搜索名称或编号").fill("导入花园");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "导入花园党小组" }).waitFor();
  });
});
