/**
 * Makes the pictures of the READMEs from the real program over the sample county:
 * `node tools/screenshots.ts`. Needs Chromium (./onegrid test installs it).
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../apps/server/test/support/browser.ts";
import { ROOT } from "./root.ts";

const OUT = join(ROOT, "docs", "images");

type Running = { address: string; passwords: Map<string, string>; stop(): Promise<void> };

/** Starts OneGrid over a new sample county and reads the address and the passwords it prints. */
const startSample = async (): Promise<Running> => {
  const data = mkdtempSync(join(tmpdir(), "onegrid-pictures-"));
  const child = spawn(join(ROOT, "onegrid"), ["start", "--data", data, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const passwords = new Map<string, string>();
  let address = "";
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    address ||= /portal.*(http:\S+?)\/?$/.exec(line)?.[1] ?? "";
    const [, login, password] = /^ {2}([a-z]+) +(\S{12}) +[a-z_]+ /.exec(line) ?? [];
    if (login !== undefined && password !== undefined) passwords.set(login, password);
    if (line.startsWith("Ctrl-C")) break;
  }
  if (address === "") throw new Error("OneGrid did not say its address");
  return {
    address,
    passwords,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
};

const signIn = async (page: Page, url: string, login: string, password: string) => {
  await page.goto(url);
  await page.locator("input").first().fill(login);
  await page.locator("input[type=password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.waitForLoadState("networkidle");
};

const shoot = async (page: Page, name: string) => {
  // Maps fade their tiles in; a picture of a half-drawn map says nothing.
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
};

const pictures = async (browser: Browser, { address, passwords }: Running) => {
  const password = (login: string) => passwords.get(login) ?? "";
  const desk = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  await signIn(desk, `${address}/console/`, "centre", password("centre"));
  for (const [name, path] of [
    ["console-start", "/console/"],
    ["console-workbench", "/console/cases?open=true"],
    ["console-board", "/console/board"],
  ] as const) {
    await desk.goto(address + path);
    await shoot(desk, name);
  }
  const phone = { viewport: { width: 390, height: 844 }, locale: "zh-CN", deviceScaleFactor: 2 };
  const field = await browser.newPage(phone);
  await signIn(field, `${address}/field/`, "worker", password("worker"));
  await shoot(field, "field-tasks");
  const portal = await browser.newPage(phone);
  await portal.goto(address);
  await shoot(portal, "portal-home");
  await portal.goto(`${address}/report`);
  await shoot(portal, "portal-report");
};

mkdirSync(OUT, { recursive: true });
const running = await startSample();
try {
  const browser = await launchBrowser();
  await pictures(browser, running);
  await browser.close();
} finally {
  await running.stop();
}
