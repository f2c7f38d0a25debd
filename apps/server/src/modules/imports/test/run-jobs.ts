import type { ImportKind, RegisterImport } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import type { TestApp, TestClient } from "../../../../test/support/app.ts";
import { MINI } from "../../../../test/support/mini-county.ts";
import { importTasks } from "../index.ts";

/** Imports over HTTP, with the jobs done at once as the worker would. */
export const importsOf = (app: TestApp) => {
  const work = (job: "imports.check" | "imports.apply", importId: string) =>
    importTasks[job](
      {
        config: app.config,
        database: app.services.database,
        clock: app.clock,
        jobs: app.services.jobs,
      },
      { countyCode: MINI.county, importId },
    );
  const state = async (client: TestClient, importId: string) =>
    (await client.get(`/api/v1/register-imports/${importId}`)).json<RegisterImport>();
  const put = (
    client: TestClient,
    kind: ImportKind,
    bytes: Buffer,
    fileName = "表.xlsx",
    importId = newId(),
  ) => {
    const query = new URLSearchParams({ kind, fileName });
    return client.call("PUT", `/api/v1/register-imports/${importId}?${query}`, bytes, {
      "content-type": "application/octet-stream",
    });
  };
  /** Uploads and checks; answers what would happen. */
  const check = async (client: TestClient, kind: ImportKind, bytes: Buffer, fileName?: string) => {
    const answer = await put(client, kind, bytes, fileName);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    const { importId } = answer.json<RegisterImport>();
    await work("imports.check", importId);
    return state(client, importId);
  };
  const apply = (client: TestClient, importId: string, faultyRows: "refuse" | "skip") =>
    client.post(`/api/v1/register-imports/${importId}/application`, { faultyRows });
  /** Uploads, checks and stores. */
  const bring = async (
    client: TestClient,
    kind: ImportKind,
    bytes: Buffer,
    faultyRows: "refuse" | "skip" = "refuse",
  ) => {
    const { importId } = await check(client, kind, bytes);
    const answer = await apply(client, importId, faultyRows);
    if (answer.statusCode !== 200) throw new Error(answer.body);
    await work("imports.apply", importId);
    return state(client, importId);
  };
  return { put, check, apply, bring, work, state };
};
