import type { GridChange, GridChangeSummary, OutlinedGrid, PublicNotice } from "@onegrid/contract";
import type { APIRequestContext, Page } from "playwright-core";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../../server/src/platform/roles.ts";
import { startWorker } from "../../server/src/worker.ts";
import { startStage, type Stage } from "../../server/test/support/browser.ts";
import { reportedCase } from "./support/steps.ts";

let stage: Stage;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
  worker = await startWorker(stage.config);
}, 600_000);
afterAll(async () => {
  await worker.close();
  await stage.close();
});

type Place = { lng: number; lat: number };
const outlinesOf = async (request: APIRequestContext, parent: string) => {
  const answer = await request.get(`/api/v1/grid-outlines?parent=${parent}`);
  return (await answer.json()) as {
    parent: { outline: [number, number][][][] };
    grids: OutlinedGrid[];
  };
};

const mercatorY = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

/** Pixel of a place on the map, which is fitted to the community with this padding. */
const pixelOf = async (page: Page, outline: [number, number][][][], { lng, lat }: Place) => {
  const box = await page.locator(".grid-map .maplibregl-canvas").boundingBox();
  if (box === null) throw new Error("no map");
  const places = outline.flat(2);
  const xs = places.map(([x]) => (x * Math.PI) / 180);
  const ys = places.map(([, y]) => mercatorY(y));
  const [west, east, south, north] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ];
  const scale = Math.min((box.width - 64) / (east - west), (box.height - 64) / (north - south));
  return {
    x: box.x + box.width / 2 + ((lng * Math.PI) / 180 - (west + east) / 2) * scale,
    y: box.y + box.height / 2 - (mercatorY(lat) - (south + north) / 2) * scale,
  };
};

test("a grid is split by a drawn line, approved by somebody else, and open cases follow", async () => {
  const { page, complaints } = await stage.visit({
    size: "desktop",
    as: stage.account("street"),
  });
  const open = await reportedCase(stage, page.request);
  const { grid, closed } = await withClient(stage.database.ownerUrl, async (client) => {
    const found = await client.query<{ grid: string }>(
      "SELECT grid_code AS grid FROM cases WHERE case_id = $1",
      [open.caseId],
    );
    const code = found.rows[0]?.grid ?? "";
    const ended = await client.query<{ id: string }>(
      "SELECT case_id AS id FROM cases WHERE grid_code = $1 AND state = 'closed' LIMIT 1",
      [code],
    );
    return { grid: code, closed: ended.rows[0]?.id ?? "" };
  });
  expect(closed).not.toBe("");
  const community = grid.slice(0, -3);
  const before = await outlinesOf(page.request, community);

  await page.goto(`/console/grids?grid=${community}`);
  await page.getByRole("button", { name: "调整网格" }).click();
  const name = before.grids.find(({ gridCode }) => gridCode === grid)?.name ?? "";
  await page.getByRole("checkbox", { name: `选中${name}` }).check();
  await page.locator(".grid-map[data-ready=true]").waitFor({ timeout: 20_000 });
  await page.getByText("切分", { exact: true }).click();
  const outline = before.grids.find(({ gridCode }) => gridCode === grid)?.outline.flat(2) ?? [];
  const lngs = outline.map(([lng]) => lng);
  const lats = outline.map(([, lat]) => lat);
  const middle = (Math.min(...lats) + Math.max(...lats)) / 2;
  const margin = (Math.max(...lngs) - Math.min(...lngs)) / 10;
  for (const lng of [Math.min(...lngs) - margin, Math.max(...lngs) + margin]) {
    const { x, y } = await pixelOf(page, before.parent.outline, { lng, lat: middle });
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
  }
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.locator(".grid-table tbody tr").count(), { timeout: 15_000 })
    .toBe(before.grids.length + 1);
  await page.getByText("无重叠、无空隙、未越界").waitFor();
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByRole("button", { name: "重做" }).click();
  await page.getByLabel("调整说明").fill("网格过大，分为两个");
  await page.getByRole("button", { name: "保存草稿" }).click();
  // What stands on the grid goes along, and may be sent elsewhere.
  await page.getByRole("region", { name: "随网格调整的事项" }).waitFor();
  await page.getByRole("button", { name: "提交审批" }).click();
  await page.getByText("待公示和审批").first().waitFor();
  // Whoever proposed it is not asked to approve it.
  expect(await page.getByRole("button", { name: "批准", exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: "发布公示" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "发布公示" }).click();
  await page.getByText(/公示至 .*期满且无异议方可批准/).waitFor();

  const shown = await page.request.get(`/api/v1/public/notices?grid=${grid}`);
  const { notices } = (await shown.json()) as { notices: PublicNotice[] };
  const told = notices.find(({ kind }) => kind === "grid_change");
  expect(told?.publishedText).toContain("网格过大，分为两个");
  const objected = await page.request.post(`/api/v1/public/notices/${told?.noticeId}/objections`, {
    data: { objectionId: newId(), postCode: null, words: "离服务点太远", contact: null },
  });
  expect(objected.status()).toBe(201);
  // The term goes by, and the change the very next day.
  await withClient(stage.database.ownerUrl, async (client) => {
    await client.query(
      "UPDATE notice SET term_ends_at = now() - interval '1 minute' WHERE kind = 'grid_change'",
    );
    await client.query(
      "UPDATE grid_change SET effective_on = (now() AT TIME ZONE 'Asia/Shanghai')::date",
    );
  });

  const centre = await stage.visit({ size: "desktop", as: stage.account("county_centre") });
  await centre.page.goto("/console/grids");
  await centre.page.locator(".grid-changes .link-button").first().click();
  await centre.page.getByText("1 条异议待答复").waitFor();
  expect(await centre.page.getByRole("button", { name: "批准", exact: true }).count()).toBe(0);
  await centre.page.getByRole("button", { name: "公示与异议" }).click();
  await centre.page.getByLabel("答复").fill("服务点不变");
  await centre.page.getByRole("button", { name: "异议不成立" }).click();
  await centre.page.getByText("服务点不变").waitFor();
  await centre.page.locator(".ant-drawer-close").click();
  await centre.page.getByRole("button", { name: "批准", exact: true }).click();
  const list = async () => {
    const answer = await page.request.get(`/api/v1/grid-changes?parent=${community}`);
    return ((await answer.json()) as { changes: GridChangeSummary[] }).changes;
  };
  await expect.poll(async () => (await list())[0]?.state, { timeout: 10_000 }).toBe("in_effect");

  await page.goto(`/console/grids?grid=${community}`);
  await expect
    .poll(() => page.locator(".grid-table tbody tr").count(), { timeout: 15_000 })
    .toBe(before.grids.length + 1);
  const after = await outlinesOf(page.request, community);
  expect(after.grids.find(({ gridCode }) => gridCode === grid)?.version).toBe(2);
  const rows = await withClient(stage.database.ownerUrl, (client) =>
    client.query<{ id: string; version: number; told: boolean }>(
      `SELECT case_id AS id, grid_version AS version, EXISTS (SELECT FROM case_event e
         WHERE e.case_id = c.case_id AND kind = 'relocate') AS told
       FROM cases c WHERE case_id = ANY ($1)`,
      [[open.caseId, closed]],
    ),
  );
  const row = (id: string) => rows.rows.find((one) => one.id === id);
  expect(row(open.caseId)?.told).toBe(true);
  expect(row(closed)).toMatchObject({ version: 1, told: false });
  const [change] = await list();
  const whole = await page.request.get(`/api/v1/grid-changes/${change?.changeId}`);
  expect(((await whole.json()) as GridChange).decidedBy?.name).not.toBe(change?.writtenBy.name);
  expect(complaints).toEqual([]);
}, 120_000);
