import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";

const MOST = 4;
const MOST_READS = 6;
const MOST_OF_ACCOUNT = 12;

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    config: {
      anonymousChangesPerMinute: MOST,
      anonymousReadsPerMinute: MOST_READS,
      accountRequestsPerMinute: MOST_OF_ACCOUNT,
    },
  });
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

const expectRefused = (answer: { statusCode: number; headers: object; json(): unknown }): void => {
  expect(answer.statusCode).toBe(429);
  expect(answer.json()).toMatchObject({ code: "request.too_many" });
  const wait = Number(Object.entries(answer.headers).find(([name]) => name === "retry-after")?.[1]);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
};

it("slows down who only looks, by address: an IPv6 subscriber is one", async () => {
  const look = (remoteAddress: string) =>
    app.http.inject({ method: "GET", url: "/api/v1/county", remoteAddress });
  for (let i = 0; i < MOST_READS; i += 1) {
    expect((await look(`2001:db8:1:2::${i}`)).statusCode).toBe(200);
  }
  expectRefused(await look("2001:db8:1:2:ffff::1"));
  expect((await look("2001:db8:1:3::1")).statusCode).toBe(200);
});

it("slows down an account from whatever session and address, and no other account", async () => {
  const [desk, phone, other] = [
    await app.as("centre"),
    await app.as("centre"),
    await app.as("street1"),
  ];
  for (let i = 0; i < MOST_OF_ACCOUNT; i += 1) {
    const answer = await (i % 2 === 0 ? desk : phone).get("/api/v1/session");
    expect(answer.statusCode).toBe(200);
  }
  expectRefused(await desk.get("/api/v1/session"));
  expectRefused(await phone.get("/api/v1/session"));
  expect((await other.get("/api/v1/session")).statusCode).toBe(200);
});
