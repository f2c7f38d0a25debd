import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { startStage, type Stage } from "../../server/test/support/browser.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
}, 600_000);
afterAll(() => stage.close());

type Item = { caseId: string; lng: number | null; lat: number | null; categoryName: string };

const casesOf = async (page: Page, query: string): Promise<Item[]> => {
  const answer = await page.request.get(`/api/v1/cases?limit=100&${query}`);
  return ((await answer.json()) as { cases: Item[] }).cases;
};

/** Column and row in the Web Mercator pyramid, with the fraction inside the square. */
const squareOf = (lng: number, lat: number, z: number) => {
  const x = ((lng + 180) / 360) * 2 ** z;
  const sin = Math.sin((lat * Math.PI) / 180);
  const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z;
  return { tile: `${z}/${Math.floor(x)}/${Math.floor(y)}`, fx: x % 1, fy: y % 1 };
};

/** The pixel of a place when the map shows exactly its square (padding as the map has it). */
const pixelIn = async (page: Page, { fx, fy }: { fx: number; fy: number }) => {
  const box = await page.locator(".map-side .maplibregl-canvas").boundingBox();
  if (box === null) throw new Error("no map");
  const side = Math.min(box.width, box.height) - 2 * 40;
  return {
    x: box.x + box.width / 2 + (fx - 0.5) * side,
    y: box.y + box.height / 2 + (fy - 0.5) * side,
  };
};

const inSight = async (page: Page): Promise<number> =>
  Number(/\d+/.exec(await page.locator(".map-corner output").innerText())?.[0]);

test("the map counts every case of the list, far more than the list has loaded", async () => {
  const { page, complaints } = await stage.visit({
    size: "desktop",
    as: stage.account("county_centre"),
  });
  await page.goto("/console/cases");
  await expect.poll(() => inSight(page), { timeout: 20_000 }).toBeGreaterThan(500);
  const loaded = await page.locator(".count-line").innerText();
  expect(Number(/\d+/.exec(loaded)?.[0])).toBeLessThan(200);
  expect(complaints).toEqual([]);
});

test("a case on the map opens by a click, and rings where the list points", async () => {
  const { page } = await stage.visit({ size: "desktop", as: stage.account("county_centre") });
  const cases = await casesOf(page, "open=true");
  const keyed = cases.flatMap((c) =>
    c.lng === null || c.lat === null ? [] : { c, at: squareOf(c.lng, c.lat, 17) },
  );
  // One that lies alone in its square and not at its rim.
  const alone = keyed.find(
    ({ at }) =>
      keyed.filter((other) => other.at.tile === at.tile).length === 1 &&
      [at.fx, at.fy].every((f) => f > 0.15 && f < 0.85),
  );
  if (alone === undefined) throw new Error("no case lies alone");
  await page.goto(`/console/cases?open=true&tile=${alone.at.tile}`);
  await expect.poll(() => inSight(page), { timeout: 20_000 }).toBe(1);
  expect(await page.locator(".case-row").count()).toBe(1);
  const pixel = await pixelIn(page, alone.at);
  await page.mouse.move(pixel.x, pixel.y);
  await page.locator(".case-row-hovered").waitFor();
  await page.mouse.click(pixel.x, pixel.y);
  await page.waitForURL(`**/cases/${alone.c.caseId}?**`);
  await page.locator(".case-panel h2", { hasText: alone.c.categoryName }).waitFor();
});

test("a new report is on the map without a reload", async () => {
  const { page } = await stage.visit({ size: "desktop", as: stage.account("street") });
  const some = (await casesOf(page, "open=true")).find((c) => c.lng !== null);
  const [category] = (
    (await (await page.request.get("/api/v1/categories")).json()) as {
      categories: { categoryCode: string }[];
    }
  ).categories;
  await page.goto("/console/cases?open=true");
  await expect.poll(() => inSight(page), { timeout: 20_000 }).toBeGreaterThan(0);
  await page.locator(".live-mark-live").waitFor();
  const before = await inSight(page);
  const session = await (await page.request.get("/api/v1/session")).json();
  const answer = await page.request.post("/api/v1/cases", {
    headers: { "x-csrf-token": session.csrfToken },
    data: {
      reports: [
        {
          caseId: crypto.randomUUID(),
          categoryCode: category?.categoryCode,
          description: "路边新发现的问题",
          location: { lng: some?.lng, lat: some?.lat },
          accuracyM: null,
          address: null,
          capturedAt: null,
          attachmentIds: [],
          selfHandledNote: null,
        },
      ],
    },
  });
  expect(answer.ok()).toBe(true);
  await expect.poll(() => inSight(page), { timeout: 15_000 }).toBe(before + 1);
});
