/**
 * Reporting over HTTP, 64 connections with one report a request, against pgbench running the very
 * same transaction (the same SQL function, one report a call, prepared) with 16 clients on the
 * same server in the same run. Rounds take turns, so that a noisy neighbour disturbs both.
 *
 *     node bench/reporting.ts [--seconds 8] [--rounds 3]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CaseReport } from "@onegrid/contract";
import { isRefused, type Actor } from "@onegrid/domain";
import { v7 as uuidv7 } from "uuid";
import { countyRules } from "../apps/server/src/modules/cases/county-rules.ts";
import { prepareReport } from "../apps/server/src/modules/cases/prepare-report.ts";
import { reportArguments, wordRows } from "../apps/server/src/modules/cases/report-store.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { MINI, MINI_ACCOUNTS } from "../apps/server/test/support/mini-county.ts";
import { median, report } from "./lib.ts";
import { findPgbench, PGBENCH_CLIENTS, pgbenchRate } from "./pgbench.ts";
import { openReportingSite, type ReportingSite } from "./reporting-site.ts";

const CONNECTIONS = 64;
const GOAL = 1;

const aReport: CaseReport = {
  caseId: uuidv7(),
  categoryCode: MINI.categories.litter,
  description: "公交站旁堆放垃圾，已有三天，影响通行。",
  location: { lng: 107.05, lat: 30.05 },
  accuracyM: 8,
  address: "南门社区公交站",
  capturedAt: null,
  attachmentIds: [],
  componentCode: null,
  selfHandledNote: null,
};

/** A colon would be read as a variable of pgbench: within strings escaped, between them spaced. */
const forPgbench = (json: string): string =>
  json
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => text.replaceAll(":", "\\u003a"))
    .replaceAll(":", ": ");

/** The transaction that the server runs for this report, as a pgbench script with new ids. */
const pgbenchScript = async (appUrl: string): Promise<string> => {
  const database = openDatabase({ url: appUrl, maxConnections: 2 });
  try {
    const [worker] = MINI_ACCOUNTS;
    if (worker === undefined) throw new Error("the mini county has no accounts");
    const actor: Actor = {
      role: worker.role,
      accountId: worker.id,
      scopeCode: worker.scope,
      unitCode: null,
    };
    const rules = await countyRules({
      db: database.db,
      county: {
        countyCode: MINI.county,
        name: MINI.county,
        levelLengths: [6, 9, 12, 15],
        timeZone: "Asia/Shanghai",
        sample: false,
      },
    });
    const prepared = prepareReport(aReport, actor, rules, new Date());
    if (isRefused(prepared)) throw new Error(prepared.refused.code);
    const [county, cases, events, tallies] = reportArguments(MINI.county, [prepared]);
    const ids = prepared.events.map(({ eventId }) => eventId);
    const fresh = (json: string): string =>
      ids.reduce(
        (text, id, index) => `replace(${text}, '${id}', new.id${index})`,
        `'${forPgbench(json).replaceAll("'", "''")}'`,
      );
    const made = ids.map((_, index) => `uuidv7()::text AS id${index}`).join(", ");
    const words = wordRows([prepared]);
    return `WITH new AS MATERIALIZED (SELECT ${made}), taken AS MATERIALIZED (
        SELECT taken.* FROM new, onegrid.report_cases('${county}',
          ${fresh(cases)}::json, ${fresh(events)}::json, ${fresh(tallies)}::json, NULL, NULL) taken
      ), worded AS (
        INSERT INTO case_words (county_code, case_id, grid_code, reported_at, words, bigrams)
        SELECT '${county}', w.case_id, w.grid_code, w.reported_at, w.words, w.bigrams
        FROM new CROSS JOIN LATERAL json_to_recordset(${fresh(words)}::json)
          AS w(case_id uuid, grid_code text, reported_at timestamptz, words text, bigrams integer[])
        JOIN taken ON taken.out_case_id = w.case_id AND taken.fresh
      ) SELECT * FROM taken;\n`;
  } finally {
    await database.close();
  }
};

const overHttp = (site: ReportingSite, seconds: number): { rate: number; p99Ms: number } => {
  const client = new URL("./reporting-client.ts", import.meta.url).pathname;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      client,
      site.url,
      String(CONNECTIONS),
      String(seconds),
      JSON.stringify(site.headers),
      JSON.stringify(aReport),
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const line = stdout.trim().split("\n").at(-1) ?? "";
  const answer = JSON.parse(line) as { accepted: number; seconds: number; p99Ms: number };
  return { rate: answer.accepted / answer.seconds, p99Ms: answer.p99Ms };
};

const overPgbench = (pgbench: string, script: string, url: string, seconds: number): number =>
  pgbenchRate(pgbench, script, { url, seconds, mode: "prepared" });

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
  },
});
const seconds = Number(values.seconds);
const pgbench = findPgbench();
const site = await openReportingSite();
const scriptDir = mkdtempSync(join(tmpdir(), "onegrid-pgbench-"));
try {
  const script = join(scriptDir, "report.sql");
  writeFileSync(script, await pgbenchScript(site.appUrl));
  overHttp(site, 2);
  overPgbench(pgbench, script, site.appUrl, 2);
  const http: number[] = [];
  const bare: number[] = [];
  let p99Ms = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const measured = overHttp(site, seconds);
    http.push(measured.rate);
    p99Ms = Math.max(p99Ms, measured.p99Ms);
    bare.push(overPgbench(pgbench, script, site.appUrl, seconds));
  }
  console.log(
    `        HTTP ${http.map(Math.round).join(", ")}/s (p99 ${p99Ms} ms) · ` +
      `pgbench ${bare.map(Math.round).join(", ")}/s`,
  );
  report({
    name: `reporting over HTTP, ${CONNECTIONS} connections`,
    value: median(http),
    limit: median(bare),
    unit: "reports/s",
    ratio: median(http) / median(bare),
    goal: GOAL,
    against: `pgbench, ${PGBENCH_CLIENTS} clients, the same transaction`,
    why: "HTTP, the session look-up and JSON take the server's one thread; the statement is shared",
  });
} finally {
  rmSync(scriptDir, { recursive: true, force: true });
  await site.close();
}
