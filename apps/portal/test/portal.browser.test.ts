import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "../../server/src/platform/roles.ts";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["portal"] });
});
afterAll(() => stage?.close());

/** Longer than the server takes for a person's quickest reading. */
const READING_MS = 3_200;
const INJECTION = `<script>document.title="owned"</script><img src=x onerror="document.title='owned'">`;

/** A photo of noise, with where it was taken in its metadata. */
const photo = async (shade: number) => {
  const pixels = { width: 640, height: 480, channels: 3 as const };
  const image = sharp({ create: { ...pixels, background: { r: shade, g: 120, b: 90 } } });
  const buffer = await image
    .withExif({ IFD0: { Make: "Trace" } })
    .jpeg()
    .toBuffer();
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer };
};

const openWithoutScripts = async (): Promise<Page> => {
  const context = await stage.browser.newContext({
    baseURL: stage.address,
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    locale: "zh-CN",
  });
  return context.newPage();
};

/** The first place of a list of public cases of the sample that can be chosen everywhere. */
const firstCategory = (page: Page) =>
  page.locator("#categoryCode option:not([value=''])").first().getAttribute("value");

/** A lamp of the sample that nobody has reported yet, with no other component beside it. */
const sampleLamp = () =>
  withClient(stage.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ code: string; name: string; lng: number; lat: number }>(
      `SELECT component_code AS code, name, lng, lat FROM component c
        WHERE category_code = 'CM010' AND condition = 'intact' AND NOT restricted
          AND NOT EXISTS (SELECT FROM cases k WHERE k.component_code = c.component_code)
          AND NOT EXISTS (SELECT FROM component o WHERE o.component_code <> c.component_code
            AND abs(o.lng - c.lng) < 0.002 AND abs(o.lat - c.lat) < 0.002)
        ORDER BY component_code LIMIT 1`,
    );
    const [lamp] = rows;
    if (lamp === undefined) throw new Error("the sample has no lamp that stands alone");
    return lamp;
  });

/** Letters wider than the page make people scroll sideways. */
const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("without scripts", () => {
  test("a report by address with a photo, its receipt, and tracking it", async () => {
    const page = await openWithoutScripts();
    await page.goto("/");
    await page.getByRole("link", { name: "上报问题" }).last().click();
    const category = await firstCategory(page);
    await page.locator("#categoryCode").selectOption(category);
    await page.locator("#description").fill(`路边有垃圾 ${INJECTION}`);
    await page.locator("#photos").setInputFiles([await photo(40), await photo(200)]);
    await page.waitForTimeout(READING_MS);
    // Without a place the form comes back with everything in it, the photos too.
    await page.getByRole("button", { name: "提交" }).click();
    expect(await page.title()).toMatch(/^填写有误/);
    expect(await page.locator("#errors a").getAttribute("href")).toBe("#address");
    expect(await page.locator("#categoryCode").inputValue()).toBe(category);
    expect(await page.locator("#description").inputValue()).toContain(INJECTION);
    expect(await page.locator("[name=attachmentIds]:checked").count()).toBe(2);
    await page.locator("[name=attachmentIds]").first().uncheck();
    await page.locator("#address").fill(`桂溪街道 ${INJECTION}`);
    await page.getByRole("button", { name: "提交" }).click();

    expect(page.url()).toContain("/receipts/");
    const code = (await page.locator("[data-copy]").getAttribute("data-copy")) ?? "";
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    const body = await page.locator("main").innerText();
    expect(body).toContain(INJECTION);
    expect(await page.locator("main script, main img").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");

    await page.goto("/track");
    await page.locator("#receiptCode").fill(code.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: "查询" }).click();
    expect(page.url()).toContain("/receipts/");
    expect(await page.locator("main").innerText()).toContain("等待受理");
    await page.context().close();
  });

  test("the same form sent twice at once is one report, changed words are asked about", async () => {
    const page = await openWithoutScripts();
    await page.goto("/report");
    const multipart = {
      caseId: await page.locator("[name=caseId]").inputValue(),
      seal: await page.locator("[name=seal]").inputValue(),
      categoryCode: (await firstCategory(page)) ?? "",
      address: "文化广场东门",
      description: "路灯不亮",
      photos: await photo(90),
    };
    const send = (changes = {}) =>
      page.request.post("/report", { multipart: { ...multipart, ...changes }, maxRedirects: 0 });
    await page.waitForTimeout(READING_MS);
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303]);
    expect(new Set(answers.map((answer) => answer.headers()["location"])).size).toBe(1);
    const other = await send({ description: "另一件事" });
    expect(other.status()).toBe(422);
    expect(await other.text()).toContain("另一件事");
    expect((await send({ seal: "AAAAAAAAAAAAAAAAAAAAAA" })).status()).toBe(422);
    expect((await send({ website: "https://spam.example" })).status()).toBe(422);
    await page.context().close();
  });

  test("who is responsible is found by name, and cases page by page", async () => {
    const page = await openWithoutScripts();
    await page.goto("/grids");
    await page.locator(".grid-links a").first().click();
    await page.locator(".grid-links a").first().click();
    expect(await page.locator(".chain li").count()).toBe(3);
    await page.goto("/cases");
    const firstNumber = await page.locator(".cases .number").first().innerText();
    await page.getByRole("link", { name: "更早的" }).click();
    expect(await page.locator(".cases .number").first().innerText()).not.toBe(firstNumber);
    await page.goto("/cases?net=party_building");
    const nets = await page.locator(".cases .net").allInnerTexts();
    expect(nets.length).toBeGreaterThan(0);
    expect(nets.every((net) => net.includes("城市党建"))).toBe(true);
    await page.context().close();
  });

  test("language and larger letters are remembered", async () => {
    const page = await openWithoutScripts();
    await page.goto("/track");
    await page.getByRole("button", { name: "English" }).click();
    expect(page.url()).toBe(`${stage.address}/track`);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByRole("button", { name: "Larger text" }).click();
    await page.goto("/report");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.locator("html").getAttribute("class")).toBe("large");
    await page.context().close();
  });
});

describe("with scripts", () => {
  test("the place and a lamp by the map, photos ahead, the receipt", async () => {
    const lamp = await sampleLamp();
    const { page, context, complaints } = await stage.visit({
      size: "smallPhone",
      position: { longitude: lamp.lng, latitude: lamp.lat, accuracy: 20 },
    });
    await page.goto("/report");
    await page.locator("#category-search").fill("路灯");
    await page.locator(".found button").first().click();
    expect(await page.locator("#categoryCode").inputValue()).not.toBe("");
    await page.locator("#photos").setInputFiles([await photo(60), await photo(160)]);
    await page.locator("[data-map=place] canvas").waitFor();
    await page.getByRole("button", { name: "选地图正中的位置" }).click();
    await page.getByText("已在地图上标出地点").waitFor();
    await page.getByRole("button", { name: "用我现在的位置" }).click();
    await page.getByText(/误差约 20 米.*所在网格/).waitFor();
    expect(await page.locator("[name=lng]").inputValue()).toBe(lamp.lng.toFixed(6));
    expect(await page.locator("[name=componentCode]").inputValue()).toBe("");
    // The lamp stands where the map was moved to; its tile may still be on its way.
    const chosen = async () => {
      await page.getByRole("button", { name: "选地图正中的位置" }).click();
      return page.locator("[name=componentCode]").inputValue();
    };
    await expect.poll(chosen, { timeout: 20_000 }).toBe(lamp.code);
    await page.getByText(`已选设施：${lamp.name}`).waitFor();
    await page.locator("#description").fill(`灯不亮 ${INJECTION}`);
    await page.getByText("已上传").nth(1).waitFor();
    await page.waitForTimeout(READING_MS);
    // Pressed twice by an impatient thumb.
    await page.getByRole("button", { name: "提交" }).dblclick();
    await page.waitForURL("**/receipts/**");
    expect(await page.locator("main").innerText()).toContain(INJECTION);
    expect(await page.title()).not.toBe("owned");
    const { rows } = await withClient(stage.database.ownerUrl, (client) =>
      client.query("SELECT count(*)::int AS n FROM cases WHERE component_code = $1", [lamp.code]),
    );
    expect(rows[0].n).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("a lost connection loses no word, and the second try counts once", async () => {
    const { page, context } = await stage.visit();
    await page.goto("/report");
    await page.locator("#categoryCode").selectOption(await firstCategory(page));
    await page.locator("#address").fill("南门菜市场");
    await page.locator("#description").fill("占道经营");
    await page.waitForTimeout(READING_MS);
    // The report arrives, its answer does not.
    let answers = 0;
    await page.route("**/report", async (route) => {
      if (route.request().method() !== "POST" || answers > 0) return route.continue();
      answers += 1;
      await route.fetch({ maxRedirects: 0 });
      return route.abort("connectionreset");
    });
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByText("没有连上服务器").waitFor();
    expect(await page.locator("#description").inputValue()).toBe("占道经营");
    await page.getByRole("button", { name: "提交" }).click();
    await page.waitForURL("**/receipts/**");
    const { rows } = await withClient(stage.database.ownerUrl, (client) =>
      client.query("SELECT count(*)::int AS n FROM cases WHERE address = '南门菜市场'"),
    );
    expect(rows).toEqual([{ n: 1 }]);
    await context.close();
  });

  test("public cases stand on the map; a tap on the grid map tells who serves there", async () => {
    const { page, context, complaints } = await stage.visit({ size: "desktop" });
    await page.goto("/cases");
    await page.locator("[data-map=cases][data-count]").waitFor();
    expect(
      Number(await page.locator("[data-map=cases]").getAttribute("data-count")),
    ).toBeGreaterThan(20);
    await page.goto("/grids");
    await page.getByRole("button", { name: "查地图正中的位置" }).click();
    await page.waitForURL("**/grids?lng=**");
    expect(await page.locator("#found .chain li").count()).toBeGreaterThanOrEqual(2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

const PAGES = ["/", "/report", "/track", "/cases", "/grids", "/grids/500231001", "/nowhere"];

describe.each(PAGES)("the page %s", (path) => {
  test("breaks no rule of accessibility and fits a small phone at twice the letter size", async () => {
    const { page, context } = await stage.visit({ size: "smallPhone" });
    await page.goto(path);
    // Scripts add to the page: what is checked is what people get.
    if ((await page.locator(".map").count()) > 0)
      await page.locator(".maplibregl-ctrl-zoom-in").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowPx(page)).toBe(0);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    expect(await overflowPx(page)).toBe(0);
    await context.close();
  });
});

test("pages carry a strict policy and say who may keep them", async () => {
  const { page, context } = await stage.visit();
  const home = await page.request.get("/");
  const policy = home.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(home.headers()["cache-control"]).toBe("public, max-age=30");
  expect(home.headers()["vary"]).toContain("Cookie");
  const form = await page.request.get("/report");
  // Going back to a sent form finds it as it was: the same id, so no second report.
  expect(form.headers()["cache-control"]).toBe("private, no-cache");
  const missing = await page.request.get("/receipts/0000-0000-0000-0000");
  expect(missing.status()).toBe(404);
  expect(missing.headers()["cache-control"]).toBe("no-store");
  await context.close();
});
