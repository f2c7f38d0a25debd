/**
 * A phone back on the net with 500 queued commands, sent as its outbox sends them: oldest first, one
 * at a time, each its own request. Against the least that durable storage can do with as many
 * commands one after another on the same server in the same run: lock the case, append the event,
 * move the row, commit. Rounds take turns, so that a noisy neighbour disturbs both.
 *
 *     node bench/sync.ts [--commands 500] [--rounds 3]
 */
import { parseArgs } from "node:util";
import { actOnCases, reportCases, type CaseCommand, type CaseReport } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { MINI } from "../apps/server/test/support/mini-county.ts";
import { median, report, secondsOf } from "./lib.ts";
import { openReportingSite, type ReportingSite } from "./reporting-site.ts";

/** Whole use case over HTTP against four bare statements: at least a tenth of their speed. */
const GOAL = 0.1;

const { values } = parseArgs({
  options: {
    commands: { type: "string", default: "500" },
    rounds: { type: "string", default: "3" },
  },
});
const COMMANDS = Number(values.commands);

const post = async (site: ReportingSite, path: string, body: unknown): Promise<unknown> => {
  const answer = await fetch(`${site.url}${path}`, {
    method: "POST",
    headers: { ...site.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const aReport = (): CaseReport => ({
  caseId: newId(),
  categoryCode: MINI.categories.litter,
  description: "公交站旁堆放垃圾",
  location: { lng: 107.05, lat: 30.05 },
  accuracyM: 8,
  address: null,
  capturedAt: null,
  attachmentIds: [],
  componentCode: null,
  selfHandledNote: null,
});

/** Cases that wait for the worker, so that each can be signed once; answers id and version. */
const prepare = async (site: ReportingSite): Promise<{ caseId: string; version: number }[]> => {
  const reports = Array.from({ length: COMMANDS }, aReport);
  const ready: { caseId: string; version: number }[] = [];
  for (let at = 0; at < reports.length; at += 100) {
    const body = { reports: reports.slice(at, at + 100) };
    const { results } = reportCases.answer.parse(await post(site, reportCases.path, body));
    for (const result of results) {
      if (result.outcome === "refused") throw new Error(result.problem.code);
      ready.push({ caseId: result.caseId, version: result.version });
    }
  }
  return ready;
};

const sign = (caseId: string, baseVersion: number, deviceSeq: number): CaseCommand => ({
  commandId: newId(),
  caseId,
  action: "sign",
  baseVersion,
  deviceSeq,
  capturedAt: new Date().toISOString(),
  note: null,
  target: null,
  attachmentIds: [],
  details: null,
});

/** Seconds for the phone's queue, and what was not applied. */
const sync = async (site: ReportingSite): Promise<number> => {
  const cases = await prepare(site);
  return secondsOf(async () => {
    for (const [seq, { caseId, version }] of cases.entries()) {
      const body = { commands: [sign(caseId, version, seq)] };
      const { results } = actOnCases.answer.parse(await post(site, actOnCases.path, body));
      if (results[0]?.outcome !== "applied") throw new Error(JSON.stringify(results));
    }
  });
};

/** Seconds for as many bare transactions on a table of the same width of row. */
const bare = (site: ReportingSite): Promise<number> =>
  withClient(site.ownerUrl, async (client) => {
    await client.query(`CREATE TABLE bare_case (id int PRIMARY KEY, version int, state text, pad text);
      CREATE TABLE bare_event (id int, seq int, data jsonb, PRIMARY KEY (id, seq));
      INSERT INTO bare_case SELECT n, 3, 'dispatched', repeat('x', 400)
        FROM generate_series(1, ${COMMANDS}) n`);
    try {
      return await secondsOf(async () => {
        for (let id = 1; id <= COMMANDS; id += 1) {
          await client.query("BEGIN");
          await client.query("SELECT * FROM bare_case WHERE id = $1 FOR UPDATE", [id]);
          await client.query("INSERT INTO bare_event VALUES ($1, 4, $2)", [id, { note: null }]);
          await client.query("UPDATE bare_case SET version = 4, state = 'signed' WHERE id = $1", [
            id,
          ]);
          await client.query("COMMIT");
        }
      });
    } finally {
      await client.query("DROP TABLE bare_case, bare_event");
    }
  });

const site = await openReportingSite();
try {
  const phone: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    phone.push(COMMANDS / (await sync(site)));
    limit.push(COMMANDS / (await bare(site)));
  }
  const value = median(phone);
  const bareRate = median(limit);
  console.log(`${COMMANDS} queued commands arrive in ${(COMMANDS / value).toFixed(1)} s`);
  report({
    name: "sync of queued commands, one at a time",
    value,
    limit: bareRate,
    unit: "commands/s",
    ratio: value / bareRate,
    goal: GOAL,
    against: "bare transactions of lock, event, row and commit on one connection",
    why: "each command is its own request, session look-up and transaction under row-level security",
  });
} finally {
  await site.close();
}
