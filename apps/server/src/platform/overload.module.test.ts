import Fastify from "fastify";
import { expect, it } from "vitest";
import { installProblemHandlers } from "./http.ts";
import { shedOverload } from "./overload.ts";

it("refuses what comes beyond its measure at once, and takes work again when some has ended", async () => {
  const app = Fastify();
  installProblemHandlers(app);
  shedOverload(app, 3);
  const waiting: (() => void)[] = [];
  app.get("/slow", () => new Promise((resolve) => waiting.push(() => resolve({ done: true }))));
  app.get("/healthz", async () => ({ status: "alive" }));
  const address = await app.listen({ host: "127.0.0.1", port: 0 });

  const gone = new AbortController();
  const first = [1, 2].map(() => fetch(`${address}/slow`));
  const left = fetch(`${address}/slow`, { signal: gone.signal }).catch(() => null);
  await expect.poll(() => waiting.length).toBe(3);
  const refused = await fetch(`${address}/slow`);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await refused.json()).toMatchObject({ code: "server.unavailable" });
  expect((await fetch(`${address}/healthz`)).status).toBe(200);

  // A client that goes away makes room as well.
  gone.abort();
  await left;
  await expect
    .poll(async () => {
      const ask = fetch(`${address}/slow`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      waiting.splice(3).forEach((finish) => finish());
      return (await ask).status;
    })
    .toBe(200);
  waiting.forEach((finish) => finish());
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
  await app.close();
});
