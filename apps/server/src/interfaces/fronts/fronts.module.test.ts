import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";

const frontsDir = mkdtempSync(join(tmpdir(), "onegrid-fronts-"));
const SCRIPT = "console.log('hello');".repeat(50);

let app: TestApp;
beforeAll(async () => {
  const console_ = join(frontsDir, "console");
  mkdirSync(join(console_, "assets"), { recursive: true });
  writeFileSync(
    join(console_, "index.html"),
    "<!doctype html><title>desk</title><meta property=csp-nonce nonce=ONEGRID_STYLE_NONCE>",
  );
  writeFileSync(join(console_, "sw.js"), "self.skipWaiting();");
  writeFileSync(join(console_, "assets", "main-Ab3dEf9h.js"), SCRIPT);
  writeFileSync(join(console_, "assets", "main-Ab3dEf9h.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(frontsDir, "secret.txt"), "outside");
  app = await testApp({ config: { frontsDir } });
});
afterAll(async () => {
  await app.close();
  rmSync(frontsDir, { recursive: true, force: true });
});

const page = (url: string) => app.anonymous.call("GET", url, undefined, { accept: "text/html" });

describe("a built front", () => {
  it("answers every page of its own router with index.html, asked for anew each time", async () => {
    for (const url of ["/console/", "/console/cases/7", "/console/board?net=x"]) {
      const { statusCode, payload, headers } = await page(url);
      expect([url, statusCode, payload]).toEqual([url, 200, expect.stringContaining("desk")]);
      expect(headers["cache-control"]).toBe("no-cache");
    }
    expect((await page("/console")).headers.location).toMatch(/\/console\/$/);
    expect((await page("/console/sw.js")).headers["cache-control"]).toBe("no-cache");
  });

  it("sends a policy with each page whose nonce is new each time, and names no tile host unasked", async () => {
    const answers = await Promise.all([page("/console/"), page("/console/board")]);
    const nonces = answers.map(({ payload, headers }) => {
      const policy = String(headers["content-security-policy"]);
      expect(policy).not.toMatch(/unsafe|https:|\*/);
      const [, nonce] = /style-src 'self' 'nonce-([A-Za-z0-9+/]{24})'/.exec(policy) ?? [];
      expect(payload).toContain(`nonce=${nonce}`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it("lets browsers keep hashed files for good, and sends what was compressed beforehand", async () => {
    const plain = await page("/console/assets/main-Ab3dEf9h.js");
    expect(plain.payload).toBe(SCRIPT);
    expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const packed = await app.anonymous.call("GET", "/console/assets/main-Ab3dEf9h.js", undefined, {
      "accept-encoding": "gzip",
    });
    expect(packed.headers).toMatchObject({
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(String(packed.headers["content-type"])).toContain("javascript");
    expect(packed.rawPayload.length).toBeLessThan(SCRIPT.length / 4);
  });

  it("answers a missing file with a problem, not with a page, and gives out nothing else", async () => {
    for (const url of ["/console/assets/gone-Ab3dEf9h.js", "/console/..%2fsecret.txt"]) {
      const { statusCode, payload } = await page(url);
      expect([url, statusCode >= 400 && statusCode < 500]).toEqual([url, true]);
      expect(payload).not.toContain("outside");
      expect(payload).not.toContain("desk");
    }
    // The phone was not built: its path is not there.
    expect((await page("/field/")).json().code).toBe("request.no_such_path");
  });
});
