import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  signInForTests,
  testApp,
  type TestApp,
  type TestLogin,
} from "../../../test/support/app.ts";
import { MINI_ACCOUNTS } from "../../../test/support/mini-county.ts";
import { payloadsOf, newsOf } from "./case-feed.ts";
import { reportCases } from "./index.ts";
import { aReport, POINTS } from "./test/case-world.ts";

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await testApp();
  await app.http.listen({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}/api/v1/events`;
});
afterAll(() => app.close());

/** Opens a stream and answers what it says, as it comes. */
const listen = async (login: TestLogin) => {
  const headers = await signInForTests(app.owner, login, app.clock.now());
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  let text = "";
  const ended = (async () => {
    for await (const part of answer.body ?? []) text += Buffer.from(part).toString("utf8");
  })();
  return { text: () => text, ended };
};

const until = async (said: () => boolean) => {
  for (let n = 0; n < 200 && !said(); n += 1) await new Promise((done) => setTimeout(done, 25));
};

describe("the stream of changes", () => {
  test("tells each listener of the own scope only", async () => {
    const [worker, centre, other, unit] = await Promise.all([
      listen("worker1"),
      listen("centre"),
      listen("worker4"),
      listen("emergency"),
    ]);
    const [near, far] = [aReport(), aReport({ location: POINTS.grid4 })];
    await reportCases(app.ctx("worker1"), [near]);
    await reportCases(app.ctx("worker4"), [far]);
    await until(() => centre.text().includes(far.caseId) && other.text().includes(far.caseId));
    await until(() => worker.text().includes(near.caseId));
    expect(worker.text()).toContain(near.caseId);
    expect(worker.text()).not.toContain(far.caseId);
    expect(other.text()).not.toContain(near.caseId);
    expect(centre.text()).toContain(near.caseId);
    expect(unit.text()).not.toContain("event: case");
    const data = /event: case\nid: .*\ndata: (.*)\n/.exec(worker.text())?.[1] ?? "";
    expect(JSON.parse(data)).toEqual({
      caseId: near.caseId,
      kind: "report",
      version: 3,
      gridCode: "500231001001001",
    });
  });

  test("rings the bell of those accounts alone", async () => {
    const [rung, silent] = await Promise.all([listen("street1"), listen("street2")]);
    const { caseId } = aReport();
    const street1 = MINI_ACCOUNTS.find(({ login }) => login === "street1");
    await app.owner.query("SELECT pg_notify('onegrid_alert', $1)", [
      JSON.stringify(["500231", "whistle", caseId, [street1?.id]]),
    ]);
    await until(() => rung.text().includes(caseId));
    expect(rung.text()).toContain(`event: alert\ndata: {"kind":"whistle","caseId":"${caseId}"}`);
    expect(silent.text()).not.toContain("event: alert");
  });

  test("is closed to whoever is not signed in", async () => {
    expect((await fetch(url)).status).toBe(401);
  });
});

test("news of any number of cases fits the payloads of PostgreSQL", () => {
  const lines = Array.from({ length: 500 }, (_, n) => {
    const id = `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    return [id, "report", 3, "500231001001001", ["CGJ"]] as [
      string,
      "report",
      number,
      string,
      string[],
    ];
  });
  const payloads = payloadsOf("500231", lines);
  for (const payload of payloads) expect(payload.length).toBeLessThan(8_000);
  expect(payloads.flatMap(newsOf).map((news) => news.caseId)).toEqual(lines.map(([id]) => id));
});
