import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";

const MOST = 4;

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ config: { anonymousChangesPerMinute: MOST } });
});
afterAll(() => app.close());

it("slows down who changes much without an account, by address, and nobody who is signed in", async () => {
  const upload = (address: string, headers: Record<string, string> = {}) =>
    app.http.inject({
      method: "PUT",
      url: `/api/v1/attachments/${newId()}`,
      payload: "no photo",
      remoteAddress: address,
      headers,
    });
  for (let i = 0; i < MOST; i += 1) {
    expect((await upload("192.0.2.1")).json().code).toBe("attachments.unsupported_type");
  }
  const refused = await upload("192.0.2.1");
  expect([refused.statusCode, refused.json().code]).toEqual([429, "request.too_many"]);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
  expect((await upload("192.0.2.2")).statusCode).toBe(415);
  const worker = await app.as("worker1");
  for (let i = 0; i <= MOST; i += 1) {
    expect((await worker.put(`/api/v1/attachments/${newId()}`, Buffer.from("no"))).statusCode).toBe(
      415,
    );
  }
  // A cookie alone does not make the request the account's own.
  const forged = await upload("192.0.2.1", { cookie: "onegrid_session=500231.x" });
  expect(forged.statusCode).toBe(429);
});
