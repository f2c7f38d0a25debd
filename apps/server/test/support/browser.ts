import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type Site, type SiteOptions, startSite } from "./site.ts";
import type { FirstAccount } from "../../src/commands/start/first-account.ts";

const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** No outside traffic and no sandbox (containers); WebGL by software, so that maps can draw. */
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
];

/** Screen sizes in CSS pixels that every front is looked at in. */
export const SIZES = {
  smallPhone: { width: 360, height: 740 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;

export type PageOptions = {
  size?: keyof typeof SIZES;
  /** Signed in before the first page opens. */
  as?: FirstAccount;
  /** Grants geolocation and stands the device here, WGS-84; `accuracy` in metres. */
  position?: { longitude: number; latitude: number; accuracy?: number };
  /** BCP 47; zh-CN unless told. */
  locale?: string;
};

/** A page with everything that went wrong on it: uncaught errors and console errors. */
export type Visit = { page: Page; context: BrowserContext; complaints: string[] };

export type Stage = Site & {
  browser: Browser;
  /** A fresh browser profile with one page; the address is the base of relative paths. */
  visit(options?: PageOptions): Promise<Visit>;
};

/**
 * Debian's headless shell, as the launcher installs it for the tests; the whole Chromium where it
 * stands, at a third more of CPU for a window that nobody sees.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = PROGRAMS.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error("no Chromium: apt-get install chromium-headless-shell");
  // Where no language is set, Chromium takes the names of downloads for ASCII.
  const env = { ...process.env, LANG: "C.UTF-8" } as Record<string, string>;
  return chromium.launch({ executablePath, args: ARGUMENTS, env });
}

/** Signs an account in for all pages of a context, past the form: the tests of sign-in use it. */
export async function signInAs(
  context: BrowserContext,
  address: string,
  account: FirstAccount,
): Promise<void> {
  const answer = await context.request.post(`${address}/api/v1/session`, {
    data: { login: account.login, password: account.password },
  });
  if (!answer.ok()) throw new Error(`${account.login}: ${answer.status()} ${await answer.text()}`);
}

/** Records what a page complains about, from now on. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

async function openVisit(site: Site, browser: Browser, options: PageOptions): Promise<Visit> {
  const { size = "phone", locale = "zh-CN", position, as } = options;
  const context = await browser.newContext({
    baseURL: site.address,
    viewport: SIZES[size],
    locale,
    timezoneId: "Asia/Shanghai",
    hasTouch: size !== "desktop",
    // Tests wait for what happens, not for how it slides in.
    reducedMotion: "reduce",
    ...(position && { geolocation: position, permissions: ["geolocation"] }),
  });
  if (as) await signInAs(context, site.address, as);
  const page = await context.newPage();
  return { page, context, complaints: listenForComplaints(page) };
}

/**
 * The server with the sample county and a browser, for one test file:
 *
 *     let stage: Stage;
 *     beforeAll(async () => { stage = await startStage({ fronts: ["console"] }); });
 *     afterAll(() => stage.close());
 */
export async function startStage(options: SiteOptions): Promise<Stage> {
  const [site, browser] = await Promise.all([startSite(options), launchBrowser()]);
  return {
    ...site,
    browser,
    visit: (pageOptions = {}) => openVisit(site, browser, pageOptions),
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

/**
 * WCAG 2.2 A and AA rules that the page breaks, one line each with where; [] is the goal.
 *
 * Legacy mode finishes within the page instead of in a second one (which only frames need: the
 * fronts have none), and what passed is not written out: a quarter of the time, the same rules.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map((n) => n.target.join(" ")).join("; ")}`,
  );
}
