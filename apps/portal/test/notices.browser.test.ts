import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["portal"] });
}, 240_000);
afterAll(() => stage?.close());

/** Longer than the server takes for a person's quickest reading. */
const READING_MS = 3_200;
const SHOTS = process.env["ONEGRID_SHOTS"];

const open = async (options: { scripts: boolean; width: number }): Promise<Page> => {
  const context = await stage.browser.newContext({
    baseURL: stage.address,
    javaScriptEnabled: options.scripts,
    viewport: { width: options.width, height: 800 },
    locale: "zh-CN",
  });
  return context.newPage();
};

/** A level-3 grid of the sample whose first estate has this name. */
const estateOf = async () => {
  const answer = await stage.browser.newContext({ baseURL: stage.address });
  const grids = await answer.request.get("/api/v1/grids?parent=500231001001");
  const { grids: found } = (await grids.json()) as { grids: { gridCode: string }[] };
  return found[0]?.gridCode ?? "";
};

describe("without scripts, 360 px wide", { timeout: 240_000 }, () => {
  test("an objection is sent, answered by a receipt, and nothing is lost on the way", async () => {
    const page = await open({ scripts: false, width: 360 });
    await page.goto("/notices");
    await page.locator(".notice-list a").first().click();
    await page.locator("#words").fill("方案没有考虑学校周边");
    await page.getByRole("button", { name: "提交异议" }).click();
    // Faster than anybody reads: it comes back as it was.
    expect(await page.title()).toMatch(/^填写有误/);
    expect(await page.locator("#words").inputValue()).toBe("方案没有考虑学校周边");
    await page.waitForTimeout(READING_MS);
    await page.getByRole("button", { name: "提交异议" }).click();
    expect(await page.locator("main").innerText()).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
    expect(await page.locator("main").innerText()).toContain("正在核查");
  });

  test("the archived text has the sum that stands beside it; the feed names the notice", async () => {
    const page = await open({ scripts: false, width: 360 });
    await page.goto("/notices");
    await page.locator(".notice-list a").first().click();
    const text = await page.locator(".published-text").textContent();
    const sum = await page.locator("details code").textContent();
    expect(
      createHash("sha256")
        .update(text ?? "")
        .digest("hex"),
    ).toBe(sum);
    const feed = await page.request.get("/notices.atom");
    expect(feed.headers()["content-type"]).toContain("application/atom+xml");
    expect(await feed.text()).toContain(`urn:uuid:${page.url().split("/").at(-1)}`);
  });
});

test("the pages keep the rules of accessibility and fit a narrow phone", async () => {
  const page = await open({ scripts: true, width: 360 });
  const grid = await estateOf();
  for (const path of ["/notices", "/who?q=yangguang", `/grids/${grid}`, `/grids/${grid}/sign`]) {
    await page.goto(path);
    if (SHOTS) {
      const name = path.replaceAll(/[^a-z]/g, "");
      await page.screenshot({ path: `${SHOTS}/portal-${name}.png`, fullPage: true });
    }
    expect({ path, broken: await axeViolations(page) }).toEqual({ path, broken: [] });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ path, over }).toEqual({ path, over: 0 });
  }
}, 240_000);
