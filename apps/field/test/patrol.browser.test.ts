import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withClient } from "../../server/src/platform/roles.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { untilSent, workerPosition } from "./support/steps.ts";

let stage: Stage;
let position: Awaited<ReturnType<typeof workerPosition>>;
beforeAll(async () => {
  stage = await startStage({ fronts: ["field"] });
  position = await workerPosition(stage);
}, 300_000);
afterAll(() => stage?.close());

/** A point in the worker's grid that nobody has looked at yet. */
const addPoint = (name: string) =>
  withClient(stage.database.ownerUrl, async (client) => {
    const pointId = randomUUID();
    await client.query(
      `INSERT INTO patrol_point (county_code, point_id, grid_code, name, lng, lat, every_days, version)
       SELECT county_code, $1, scope_code, $2, $3, $4, 7, 1 FROM account WHERE login = $5`,
      [pointId, name, position.longitude, position.latitude, stage.account("worker").login],
    );
    return pointId;
  });

const looksAt = (spot: string) =>
  withClient(stage.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ finding: string }>(
      "SELECT finding FROM patrol_look WHERE spot = $1",
      [spot],
    );
    return rows.map(({ finding }) => finding);
  });

const openAs = async (role: string, size: "smallPhone" | "phone" = "smallPhone") => {
  const visit = await stage.visit({ position, size });
  const { page } = visit;
  await page.goto("/field/");
  await page.getByLabel("账号").fill(stage.account(role).login);
  await page.getByLabel("密码", { exact: true }).fill(stage.account(role).password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByText(/更新于/).waitFor();
  return visit;
};

it("looks at places by one tap without a network, and reports what is wrong from there", async () => {
  const [quiet, broken] = await Promise.all([addPoint("菜市场消防通道"), addPoint("滨河路护栏")]);
  const { page, context } = await openAs("worker");
  await page.getByRole("navigation").getByRole("link", { name: "巡查" }).click();
  const cardOf = (name: string) => page.getByRole("listitem").filter({ hasText: name });
  await cardOf("菜市场消防通道").waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await context.setOffline(true);
  await cardOf("菜市场消防通道").getByRole("button", { name: "看过，正常" }).click();
  await cardOf("菜市场消防通道").waitFor({ state: "detached" });
  await cardOf("滨河路护栏").getByRole("button", { name: "有问题" }).click();
  await page.getByText("已在地图上标出").waitFor();
  await page.getByRole("group", { name: "常用" }).getByRole("button").first().click();
  await page.getByRole("main").getByRole("button", { name: "上报", exact: true }).click();
  await page.getByText("巡查：菜市场消防通道").waitFor();
  expect(await looksAt(quiet)).toEqual([]);
  await context.setOffline(false);
  await untilSent(page, 60_000);
  expect([await looksAt(quiet), await looksAt(broken)]).toEqual([["in_order"], ["wrong"]]);
}, 120_000);

it("lets a street arrange who stands in, on a small phone", async () => {
  const { page } = await openAs("street");
  await page.goto("/field/#/staff");
  await page.getByRole("button", { name: "安排替班" }).click();
  expect(await axeViolations(page)).toEqual([]);
  const choose = async (label: string, nth: number) => {
    const box = page.getByLabel(label);
    await box.selectOption({ index: nth });
  };
  await choose("谁请假", 1);
  await choose("由谁承担", 1);
  await page
    .getByLabel("到", { exact: true })
    .fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("进行中").waitFor();
  expect(await axeViolations(page)).toEqual([]);
}, 120_000);

it("shows the first screen of a signed-in worker with little script", async () => {
  const { page, context } = await openAs("worker");
  const second = await context.newPage();
  await second.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector("h1") && !performance.getEntriesByName("first").length)
        performance.mark("first");
    }).observe(document, { childList: true, subtree: true });
  });
  await second.goto("/field/");
  await second.getByRole("heading", { name: "我的待办" }).waitFor();
  const urls = await second.evaluate(() => {
    const at = performance.getEntriesByName("first")[0]?.startTime ?? 0;
    return performance
      .getEntriesByType("resource")
      .filter((e) => e.name.endsWith(".js") && (e as PerformanceResourceTiming).responseEnd <= at)
      .map((e) => e.name);
  });
  let bytes = 0;
  for (const url of urls) bytes += gzipSync(await (await context.request.get(url)).body()).length;
  console.log(
    `start signed in: ${(bytes / 1024).toFixed(0)} KB of script (gzip), ${urls.length} files`,
  );
  expect(urls.length).toBeGreaterThan(1);
  // React, Dexie and i18next alone are 110.
  expect(bytes / 1024).toBeLessThan(120);
  await page.close();
}, 120_000);
