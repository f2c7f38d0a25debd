/**
 * The list page of cases as the server reads it, row-level security included, in a county with
 * 100,000 cases, and with `--rows 1000000` again with a million: the slowest of the usual lists
 * against 5 ms, the statements of a page, and how much slower a million makes it.
 *
 *     node bench/list-page.ts [--rows 1000000]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { AccountRole } from "@onegrid/contract";
import { sql } from "kysely";
import { listCases } from "../apps/server/src/modules/cases/index.ts";
import { systemClock } from "../apps/server/src/platform/clock.ts";
import type { Ctx } from "../apps/server/src/platform/context.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { openInstallation } from "../apps/server/src/platform/installation.ts";
import { graphileJobs } from "../apps/server/src/platform/jobs.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { CASE_COUNTY, COMMUNITY, generateCases, GRID, STREET } from "./generated-cases.ts";
import { median, report } from "./lib.ts";

const LIMIT_MS = 5;
const STATEMENTS = 3;
const RATIO = 1.5;
const BASE_ROWS = 100_000;
const REPEATS = 25;
/** Rounds over all lists before the clock runs: a server that is up has its code compiled. */
const WARM_UP = 5;

type Who = { role: AccountRole; scopeCode: string; unitCode: string | null };
type Query = Parameters<typeof listCases>[1];

const centre: Who = { role: "county_centre", scopeCode: CASE_COUNTY, unitCode: null };
const street: Who = { role: "street", scopeCode: STREET, unitCode: null };
const worker: Who = { role: "worker", scopeCode: GRID, unitCode: null };
const department: Who = { role: "department", scopeCode: CASE_COUNTY, unitCode: "unit3" };

const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const LISTS: [name: string, who: Who, query: Query][] = [
  ["county, newest", centre, {}],
  ["county, open by deadline", centre, { open: true, sort: "due" }],
  ["county, overdue", centre, { overdue: true, sort: "due" }],
  ["county, one net", centre, { net: ["party_building"] }],
  ["county, one category", centre, { category: "c7" }],
  ["county, fed back", centre, { state: ["fed_back"] }],
  ["county, one street", centre, { grid: STREET }],
  ["county, one community", centre, { grid: COMMUNITY }],
  ["county, one grid", centre, { grid: GRID }],
  ["county, a department's", centre, { unit: "unit3", open: true }],
  ["county, closed last month", centre, { closedFrom: daysAgo(60), closedTo: daysAgo(30) }],
  ["county, due last month", centre, { dueFrom: daysAgo(60), dueTo: daysAgo(30), sort: "due" }],
  ["county, mine", centre, { mine: true, sort: "due" }],
  ["street, newest", street, {}],
  ["street, mine", street, { mine: true, sort: "due" }],
  ["worker, newest", worker, {}],
  ["worker, mine", worker, { mine: true, sort: "due" }],
  ["department, newest", department, {}],
  ["department, mine", department, { mine: true, sort: "due" }],
];

type Measured = { name: string; ms: number; statements: number };

const measure = async (rows: number): Promise<{ lists: Measured[]; scans: number }> => {
  const dataDir = mkdtempSync(join(tmpdir(), "onegrid-bench-"));
  const installation = await openInstallation({ dataDir }, "serve");
  let statements = 0;
  const database = openDatabase({
    url: installation.appUrl,
    maxConnections: 1,
    onStatement: () => {
      statements += 1;
    },
  });
  const wholeScans = async (): Promise<number> => {
    await sql`SELECT pg_stat_force_next_flush()`.execute(database.db);
    const { rows: counted } = await sql<{ n: string }>`
      SELECT seq_scan AS n FROM pg_stat_user_tables WHERE relname = 'cases'`.execute(database.db);
    return Number(counted[0]?.n ?? 0);
  };
  const ctxOf = (who: Who): Ctx => ({
    db: database.db,
    clock: systemClock,
    jobs: graphileJobs,
    county: {
      countyCode: CASE_COUNTY,
      name: "bench",
      levelLengths: [6, 9, 12, 15],
      timeZone: "Asia/Shanghai",
      sample: false,
    },
    actor: { ...who, accountId: "00000000-0000-7000-8000-000000000001" },
    requestId: "bench",
  });
  try {
    await withClient(installation.ownerUrl, (client) =>
      generateCases(client, rows, (done) => process.stderr.write(`\r${done} cases`)),
    );
    process.stderr.write("\n");
    for (let n = 0; n < WARM_UP; n += 1) {
      for (const [, who, query] of LISTS) await listCases(ctxOf(who), query);
    }
    const before = await wholeScans();
    const lists: Measured[] = [];
    for (const [name, who, query] of LISTS) {
      const ctx = ctxOf(who);
      const page = await listCases(ctx, query);
      if (page.cases.length === 0) console.log(`        ${name}: nothing to list`);
      statements = 0;
      const times: number[] = [];
      for (let n = 0; n < REPEATS; n += 1) {
        const begunAt = performance.now();
        await listCases(ctx, query);
        times.push(performance.now() - begunAt);
      }
      lists.push({ name, ms: median(times), statements: statements / REPEATS });
    }
    return { lists, scans: (await wholeScans()) - before };
  } finally {
    await database.close();
    await installation.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const slowest = (lists: Measured[]): Measured =>
  lists.toSorted((a, b) => b.ms - a.ms)[0] as Measured;

const tell = (rows: number, { lists, scans }: { lists: Measured[]; scans: number }): void => {
  for (const { name, ms } of lists) console.log(`        ${name}: ${ms.toFixed(2)} ms`);
  const worst = slowest(lists);
  report({
    name: `list page, ${rows} cases, slowest list (${worst.name})`,
    value: worst.ms,
    limit: LIMIT_MS,
    unit: "ms",
    ratio: LIMIT_MS / worst.ms,
    against: "the limit for a page",
    why: "the planner reads more rows than the page has; see EXPLAIN of that list",
  });
  const most = Math.max(...lists.map((list) => list.statements));
  report({
    name: "statements of a page, BEGIN and COMMIT counted",
    value: most,
    limit: STATEMENTS,
    unit: "statements",
    ratio: STATEMENTS / most,
    against: "the limit for a page",
    why: "a list asks for something row by row",
  });
  if (scans > 0) {
    console.log(`MISSED  ${scans} reads of the whole table of cases`);
    process.exitCode = 1;
  }
};

const { values } = parseArgs({ options: { rows: { type: "string" } } });
const base = await measure(BASE_ROWS);
tell(BASE_ROWS, base);
if (values.rows !== undefined) {
  const rows = Number(values.rows);
  const large = await measure(rows);
  tell(rows, large);
  const growth = median(large.lists.map(({ ms }, n) => ms / (base.lists[n]?.ms ?? ms)));
  report({
    name: `list page, ${rows} cases beside ${BASE_ROWS}, middle of the lists`,
    value: growth,
    limit: RATIO,
    unit: "times",
    ratio: RATIO / growth,
    against: "the limit of growth",
    why: "an index is deeper, and its pages are less often in memory",
  });
}
