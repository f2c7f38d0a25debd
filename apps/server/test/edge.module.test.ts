import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp } from "./support/app.ts";

let plain: TestApp;
let secure: TestApp;
beforeAll(async () => {
  [plain, secure] = await Promise.all([testApp(), testApp({ config: { secureCookies: true } })]);
});
afterAll(() => Promise.all([plain?.close(), secure?.close()]));

it("sends the same headers with every answer, good or bad", async () => {
  for (const path of ["/api/v1/county", "/api/v1/session", "/nowhere", "/healthz"]) {
    const { headers } = await plain.anonymous.get(path);
    expect({ path, headers }).toEqual({
      path,
      headers: expect.objectContaining({
        "content-security-policy":
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": expect.stringContaining("geolocation=(self)"),
      }),
    });
    expect(String(headers["permissions-policy"])).toContain("usb=()");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});

it("asks browsers to come by TLS only where there is TLS", async () => {
  const without = await plain.anonymous.get("/api/v1/county");
  expect(without.headers["strict-transport-security"]).toBeUndefined();
  const { headers } = await secure.anonymous.get("/api/v1/county");
  expect(headers["strict-transport-security"]).toBe("max-age=31536000");
});

it("refuses a body, a header and a type beyond what it takes", async () => {
  const client = await plain.as("centre");
  const big = await client.post("/api/v1/cases", { text: "x".repeat(1024 * 1024) });
  expect([big.statusCode, big.json().code]).toEqual([413, "request.too_large"]);
  const xml = await client.call("POST", "/api/v1/cases", "<a/>", { "content-type": "text/xml" });
  expect([xml.statusCode, xml.json().code]).toEqual([415, "request.unsupported_type"]);
});
