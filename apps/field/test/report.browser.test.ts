import { randomInt } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { withClient } from "../../server/src/platform/roles.ts";
import { giveTaskToWorker } from "./support/give-task.ts";
import { lossyProxy } from "./support/lossy-proxy.ts";
import { phonePhoto } from "./support/photo.ts";
import {
  untilReady,
  report,
  reportsSince,
  signInByForm,
  Thumb,
  untilSent,
  workerPosition,
} from "./support/steps.ts";

let stage: Stage;
/** In the grid of the sample worker; read from the server. */
let position: { longitude: number; latitude: number; accuracy: number };

beforeAll(async () => {
  stage = await startStage({ fronts: ["field"] });
  position = await workerPosition(stage);
  // The front is built and the sample county played here, if no file before did it.
}, 300_000);
afterAll(() => stage?.close());

/** Keystroke-level model (Card, Moran and Newell 1980): deciding 1.35 s, reaching 1.1 s, pressing 0.2 s. */
const TAP_S = 1.35 + 1.1 + 0.2;
/** The camera's own two presses: one is decided, the second follows. */
const CAMERA_S = TAP_S + 1.1 + 0.2;

const sent = (since: Date) =>
  reportsSince(stage.database.ownerUrl, stage.account("worker").login, since);

describe("reporting from the phone", { timeout: 200_000 }, () => {
  it("signs in and reports in three taps plus the photo; the server keeps no EXIF", async () => {
    const since = new Date();
    const { page, context, complaints } = await stage.visit({ position, size: "smallPhone" });
    await page.goto("/field/");
    await signInByForm(page, stage.account("worker"));
    await page.getByRole("heading", { name: "我的待办" }).waitFor();
    await page.getByText(/更新于/).waitFor();
    const begunAt = performance.now();
    const { taps } = await report(page, await phonePhoto(randomInt(1e6)), 0, new Thumb());
    const seconds = (performance.now() - begunAt) / 1000;
    const personS = taps * TAP_S + CAMERA_S;
    console.log(
      `report: ${taps} taps plus the photo; ${seconds.toFixed(1)} s by the machine, ` +
        `${(seconds + personS).toFixed(1)} s with a person's ${personS.toFixed(1)} s (limit 15)`,
    );
    expect(taps).toBeLessThanOrEqual(3);
    expect(seconds).toBeLessThanOrEqual(15);
    await untilSent(page);
    const rows = await sent(since);
    expect(rows.map((row) => row.photos)).toEqual([1]);
    const id = await withClient(stage.database.ownerUrl, async (client) => {
      const found = await client.query<{ id: string }>(
        "SELECT attachment_ids[1] AS id FROM cases WHERE case_id = $1",
        [rows[0]?.case_id],
      );
      return found.rows[0]?.id;
    });
    const full = await context.request.get(`/api/v1/attachments/${id}/full`);
    const { width, exif } = await sharp(await full.body()).metadata();
    expect({ width, exif }).toEqual({ width: 2560, exif: undefined });
    expect(complaints).toEqual([]);
  });

  it("keeps three reports and a cold start offline, and delivers each exactly once", async () => {
    const since = new Date();
    const { page, context } = await stage.visit({ position });
    await page.goto("/field/");
    await signInByForm(page, stage.account("worker"));
    await untilReady(page);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    for (const nth of [0, 1, 2]) await report(page, await phonePhoto(randomInt(1e6)), nth);
    await page.reload();
    await page.getByRole("heading", { name: "待发送" }).waitFor();
    const written = page.getByRole("main").getByRole("listitem").filter({ hasText: "写于" });
    await expect.poll(() => written.count(), { timeout: 20_000 }).toBe(3);
    expect(await sent(since)).toEqual([]);
    await context.setOffline(false);
    await untilSent(page);
    expect((await sent(since)).map((row) => row.photos)).toEqual([1, 1, 1]);
  });

  it("loses and doubles nothing when answers are lost and two tabs send", async () => {
    const since = new Date();
    // Every other answer to what changes something breaks off, after the server has done it.
    let turn = 0;
    const proxy = await lossyProxy(stage.address, ({ method, url = "" }) => {
      const isSending = method !== "GET" && /\/(cases|attachments)\b/.test(url);
      if (isSending) turn += 1;
      return { isLost: isSending && turn % 2 === 1 };
    });
    try {
      const { page, context } = await stage.visit({ position });
      await page.goto(`${proxy.address}/field/`);
      await signInByForm(page, stage.account("worker"));
      await untilReady(page);
      const second = await context.newPage();
      await second.goto(`${proxy.address}/field/#/queue`);
      for (const nth of [0, 1, 2]) await report(page, await phonePhoto(randomInt(1e6)), nth);
      await untilSent(page, 150_000);
      await untilSent(second, 10_000);
      console.log(`lost answers: ${proxy.lost} while sending 3 reports with 3 photos, two tabs`);
      expect((await sent(since)).map((row) => row.photos)).toEqual([1, 1, 1]);
      expect(proxy.lost).toBeGreaterThanOrEqual(3);
    } finally {
      await proxy.close();
    }
  });

  it("signs, handles and feeds back offline; the steps arrive once and in order", async () => {
    const caseId = await giveTaskToWorker(stage);
    const { page, context } = await stage.visit({ position });
    await page.goto("/field/");
    await signInByForm(page, stage.account("worker"));
    await untilReady(page);
    await page.goto(`/field/#/task/${caseId}`);
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await page.getByRole("button", { name: "签收", exact: true }).waitFor();
    await context.setOffline(true);
    await press("签收");
    await press("处置完成");
    await press("反馈结果");
    await press("已清理干净");
    await press("提交");
    await page.getByText("3 条待发送").waitFor();
    await context.setOffline(false);
    await page.getByText(/条待发送/).waitFor({ state: "detached" });
    const kinds = await withClient(stage.database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ kind: string }>(
        "SELECT kind FROM case_event WHERE case_id = $1 ORDER BY seq DESC LIMIT 3",
        [caseId],
      );
      return rows.map(({ kind }) => kind);
    });
    expect(kinds).toEqual(["feed_back", "handle", "sign"]);
  });

  it("breaks no rule of accessibility and fits a small phone at twice the letter size", async () => {
    const { page } = await stage.visit({ position, size: "smallPhone" });
    const found: Record<string, string[]> = {};
    const look = async (screen: string) => {
      found[screen] = await axeViolations(page);
      await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
      const overflowPx = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflowPx > 0) found[screen].push(`${overflowPx} px wider than the phone`);
      await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
    };
    await page.goto("/field/");
    await page.getByRole("heading", { name: "登录网格通" }).waitFor();
    await look("sign-in");
    await signInByForm(page, stage.account("worker"));
    await page.getByText(/更新于/).waitFor();
    for (const screen of ["", "report", "queue", "me", "patrol", "alerts"]) {
      await page.goto(`/field/#/${screen}`);
      await page.waitForTimeout(400);
      await look(screen);
    }
    expect(Object.entries(found).filter(([, lines]) => lines.length > 0)).toEqual([]);
  });
});
