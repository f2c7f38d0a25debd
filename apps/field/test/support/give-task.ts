import { randomUUID } from "node:crypto";
import { actOnCases, getSession, listCases } from "@onegrid/contract";
import type { Stage } from "../../../server/test/support/browser.ts";

/** The street gives the newest case that is out for work to the grid's own worker; answers its id. */
export async function giveTaskToWorker(stage: Stage): Promise<string> {
  const { context } = await stage.visit({ as: stage.account("street") });
  const asked = context.request;
  const grid = await gridOfWorker(stage);
  const list = listCases.answer.parse(
    await (
      await asked.get(`${listCases.path}?state=dispatched&grid=${grid}&sort=reported_desc`)
    ).json(),
  );
  const [target] = list.cases;
  if (target === undefined) throw new Error("no case of the worker's grid is out for work");
  const { csrfToken } = getSession.answer.parse(await (await asked.get(getSession.path)).json());
  const command = {
    commandId: randomUUID(),
    caseId: target.caseId,
    action: "dispatch",
    baseVersion: target.version,
    deviceSeq: 0,
    capturedAt: null,
    note: null,
    target: { tier: "level3" },
    attachmentIds: [],
  };
  const answer = await asked.post(actOnCases.path, {
    headers: { "x-csrf-token": csrfToken },
    data: { commands: [command] },
  });
  const { results } = actOnCases.answer.parse(await answer.json());
  if (results[0]?.outcome !== "applied") throw new Error(JSON.stringify(results));
  await context.close();
  return target.caseId;
}

async function gridOfWorker(stage: Stage): Promise<string> {
  const { context } = await stage.visit({ as: stage.account("worker") });
  const session = await (await context.request.get(getSession.path)).json();
  await context.close();
  return getSession.answer.parse(session).account.scopeCode;
}
