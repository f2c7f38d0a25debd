import { randomUUID } from "node:crypto";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInByForm } from "../../field/test/support/steps.ts";
import { withClient } from "../src/platform/roles.ts";
import { startStage, type PageOptions, type Stage } from "./support/browser.ts";

/**
 * Every page under the policy it is sent with: a style, script, picture or worker that the policy
 * forbids is told by the browser itself (`securitypolicyviolation`), on whatever screen it happens.
 */
let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console", "field", "portal"] });
});
afterAll(() => stage?.close());

/** What browsers of a context refuse, from now on: which rule, what, where. */
const listenForViolations = async (context: BrowserContext): Promise<string[]> => {
  const refused: string[] = [];
  await context.exposeFunction("tellViolation", (text: string) => refused.push(text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const where = `${location.pathname} ${sourceFile}:${lineNumber} ${sample}`;
      (globalThis as unknown as { tellViolation(text: string): void }).tellViolation(
        `${effectiveDirective} ${blockedURI} ${where}`,
      );
    });
  });
  return refused;
};

const visit = async (options: PageOptions) => {
  const { page, context } = await stage.visit(options);
  const refused = await listenForViolations(context);
  const open = async (path: string, ready: string) => {
    const answer = await page.goto(path);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect([path, policy.includes("unsafe"), policy.includes("default-src 'self'")]).toEqual([
      path,
      false,
      true,
    ]);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => {});
  };
  return { page, refused, open };
};

describe("the content security policy", { timeout: 180_000 }, () => {
  it("lets every screen of the console work", async () => {
    const { page, refused, open } = await visit({
      size: "desktop",
      as: stage.account("county_centre"),
    });
    await open("/console/", ".waiting-list, .ant-empty");
    await open("/console/board", ".board-table");
    await page.locator("figure svg").first().hover();
    await open("/console/cases?open=true", ".case-row");
    await page.locator("canvas").first().waitFor();
    await page.locator(".case-row").first().click();
    await page.locator(".timeline li").first().waitFor();
    await page.getByRole("button", { name: "筛选" }).click();
    await page.locator(".ant-select").first().click();
    await open("/console/report", ".report-form");
    await page.locator("textarea").first().fill("井盖松动\n\n\n\n路口");
    await open("/console/configuration", ".ant-table-row");
    await page.getByRole("tab", { name: "工作日历" }).click();
    await open("/console/account", ".password-form");
    expect(refused).toEqual([]);
    // Dialogs lock the page's scroll bar with a style element of their own.
    const styles = await page.evaluate(() => document.querySelectorAll("style").length);
    expect(styles).toBeGreaterThan(5);
  });

  it("lets the phone work", async () => {
    const { page, refused, open } = await visit({
      position: { longitude: 107.35, latitude: 30.33, accuracy: 8 },
    });
    await open("/field/", ".sign-in-form");
    await signInByForm(page, stage.account("worker"));
    await page.getByRole("heading", { name: "我的待办" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "上报" }).click();
    await page.getByRole("button", { name: "地图标注" }).click();
    await page.locator("canvas").first().waitFor();
    expect(refused).toEqual([]);
  });

  it("lets the residents' pages work", async () => {
    const { page, refused, open } = await visit({ size: "desktop" });
    for (const path of ["/", "/report", "/track", "/cases", "/grids"]) await open(path, "main");
    await page.locator("canvas").first().waitFor();
    await open("/nowhere", "main");
    expect(refused).toEqual([]);
  });

  it("shows what a stranger wrote as words: list, case, receipt and public pages", async () => {
    const text = `<img src=/x onerror="document.title='ran'"><script>document.title='ran'</script>`;
    const caseId = randomUUID();
    const [place] = await withClient(stage.database.ownerUrl, async (client) => {
      const found = await client.query<{ code: string; lng: number; lat: number }>(
        "SELECT category_code AS code, lng, lat FROM cases WHERE lng IS NOT NULL LIMIT 1",
      );
      return found.rows;
    });
    const reported = await fetch(`${stage.address}/api/v1/public/cases`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        caseId,
        categoryCode: place?.code,
        description: text,
        location: { lng: place?.lng, lat: place?.lat },
        accuracyM: 8,
        address: text,
        attachmentIds: [],
        contact: null,
        contactConsent: null,
        componentCode: null,
      }),
    });
    expect(reported.status, await reported.clone().text()).toBe(201);
    const { receiptCode } = (await reported.json()) as { receiptCode: string };
    const as = stage.account("county_centre");
    for (const [path, ready, who] of [
      ["/console/cases?open=true", ".case-row", { size: "desktop", as }],
      [`/console/cases/${caseId}`, ".timeline li", { size: "desktop", as }],
      [`/track?code=${receiptCode}`, "main", {}],
      [`/cases?q=${encodeURIComponent(text)}`, "main", {}],
    ] as const) {
      const { page, refused, open } = await visit(who);
      await open(path, ready);
      const made = await page.locator('img[src="/x"], script:text("ran")').count();
      expect([path, made, await page.title(), refused]).toEqual([
        path,
        0,
        expect.not.stringContaining("ran"),
        [],
      ]);
      if (path.includes(caseId)) await page.getByText("<img src=/x").first().waitFor();
    }
  });

  it("stops what gets into a page all the same", async () => {
    for (const path of ["/console/sign-in", "/field/", "/"]) {
      const { page, refused, open } = await visit({});
      await open(path, "main, form");
      const ran = await page.evaluate(async () => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'script ran'";
        document.body.append(script);
        document.body.insertAdjacentHTML(
          "beforeend",
          `<img src="/x" onerror="document.title='handler ran'">`,
        );
        document.body.insertAdjacentHTML("beforeend", `<p id="probe" style="opacity: 0.5">x</p>`);
        const style = document.createElement("style");
        style.textContent = "#probe { letter-spacing: 7px }";
        document.head.append(style);
        const frame = document.createElement("iframe");
        frame.src = "https://example.test/";
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 300));
        const probe = getComputedStyle(document.querySelector("#probe") as Element);
        return [document.title.includes("ran"), probe.opacity, probe.letterSpacing];
      });
      expect([path, ...ran]).toEqual([path, false, "1", "normal"]);
      const rules = () => refused.map((line) => line.split(" ")[0]);
      await expect
        .poll(rules)
        .toEqual(
          expect.arrayContaining([
            "frame-src",
            "script-src-attr",
            "script-src-elem",
            "style-src-attr",
            "style-src-elem",
          ]),
        );
    }
  });
});
