/**
 * Whole cases through the real use cases: reported, filed, dispatched, signed, handled, fed back,
 * verified and closed, by those who do each of it, many cases at once. Held against pgbench with 16
 * clients sending the very same statements, as they were recorded from one such case, to the same
 * server in the same run. Rounds take turns, so that a noisy neighbour disturbs both.
 *
 *     node bench/lifecycle.ts [--seconds 8] [--rounds 3]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CaseAction, CaseCommand } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { actOnCases, reportCases } from "../apps/server/src/modules/cases/index.ts";
import { systemClock } from "../apps/server/src/platform/clock.ts";
import type { Ctx } from "../apps/server/src/platform/context.ts";
import { openDatabase, type Database } from "../apps/server/src/platform/database.ts";
import { openInstallation } from "../apps/server/src/platform/installation.ts";
import { graphileJobs } from "../apps/server/src/platform/jobs.ts";
import { MINI, MINI_ACCOUNTS, seedMiniCounty } from "../apps/server/test/support/mini-county.ts";
import { median, report } from "./lib.ts";
import { findPgbench, PGBENCH_CLIENTS, pgbenchRate } from "./pgbench.ts";
import { recorder, scriptOf } from "./recorded-statements.ts";

const CASES_AT_ONCE = 32;
const CONNECTIONS = 12;
const GOAL = 0.5;

type Login = (typeof MINI_ACCOUNTS)[number]["login"];

/** A normal case after its report, which files and dispatches it: five commands. */
const LIFE: readonly [login: Login, action: CaseAction, note: string | null][] = [
  ["worker1", "sign", null],
  ["worker1", "handle", null],
  ["worker1", "feed_back", "已清运，现场恢复整洁。"],
  ["head-grid1", "verify", null],
  ["street1", "close", null],
];
/** Report, file and dispatch are the other three. */
const EVENTS = 3 + LIFE.length;

const contexts = (database: Database) => {
  const made = new Map<Login, Ctx>();
  return (login: Login): Ctx => {
    const known = made.get(login);
    if (known !== undefined) return known;
    const account = MINI_ACCOUNTS.find((one) => one.login === login);
    if (account === undefined) throw new Error(`no account ${login}`);
    const ctx: Ctx = {
      db: database.db,
      clock: systemClock,
      jobs: graphileJobs,
      county: {
        countyCode: MINI.county,
        name: MINI.county,
        levelLengths: [6, 9, 12, 15],
        timeZone: "Asia/Shanghai",
        sample: false,
      },
      actor: {
        role: account.role,
        accountId: account.id,
        scopeCode: account.scope,
        unitCode: account.unit,
      },
      requestId: "bench",
    };
    made.set(login, ctx);
    return ctx;
  };
};

/** Takes one case from its report to its close. Throws when any step is refused. */
const live = async (as: (login: Login) => Ctx): Promise<void> => {
  const caseId = uuidv7();
  const { results } = await reportCases(as("worker1"), [
    {
      caseId,
      categoryCode: MINI.categories.litter,
      description: "公交站旁堆放垃圾，已有三天，影响通行。",
      location: { lng: 107.05, lat: 30.05 },
      accuracyM: 8,
      address: "南门社区公交站",
      capturedAt: null,
      attachmentIds: [],
      componentCode: null,
      selfHandledNote: null,
    },
  ]);
  const [taken] = results;
  if (taken?.outcome !== "accepted") throw new Error(JSON.stringify(taken));
  let { version } = taken;
  for (const [deviceSeq, [login, action, note]] of LIFE.entries()) {
    const command: CaseCommand = {
      commandId: uuidv7(),
      caseId,
      action,
      baseVersion: version,
      deviceSeq,
      capturedAt: null,
      note,
      target: null,
      attachmentIds: [],
    };
    const acted = await actOnCases(as(login), [command]);
    const [done] = acted.results;
    if (done?.outcome !== "applied") throw new Error(JSON.stringify(done));
    version = done.version;
  }
  if (version !== EVENTS) throw new Error(`a normal case has ${EVENTS} events, not ${version}`);
};

/** Whole cases a second, `CASES_AT_ONCE` under way. */
const throughUseCases = async (as: (login: Login) => Ctx, seconds: number): Promise<number> => {
  const begunAt = performance.now();
  const until = begunAt + seconds * 1000;
  let lived = 0;
  await Promise.all(
    Array.from({ length: CASES_AT_ONCE }, async () => {
      while (performance.now() < until) {
        await live(as);
        lived += 1;
      }
    }),
  );
  return lived / ((performance.now() - begunAt) / 1000);
};

/** What one case sends, as pgbench's script; the rules of the county are in memory by then. */
const recordScript = async (url: string): Promise<string> => {
  const database = openDatabase({ url, maxConnections: 2 });
  try {
    const record = recorder(database.pool);
    const as = contexts(database);
    await live(as);
    record.begin();
    await live(as);
    return scriptOf(record.end(), new Set(MINI_ACCOUNTS.map(({ id }) => id)));
  } finally {
    await database.close();
  }
};

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
  },
});
const seconds = Number(values.seconds);
const pgbench = findPgbench();
const dir = mkdtempSync(join(tmpdir(), "onegrid-bench-"));
const installation = await openInstallation({ dataDir: join(dir, "data") }, "serve");
const database = openDatabase({ url: installation.appUrl, maxConnections: CONNECTIONS });
try {
  await seedMiniCounty(installation.ownerUrl);
  const as = contexts(database);
  const script = join(dir, "lifecycle.sql");
  writeFileSync(script, await recordScript(installation.appUrl));
  const bare = { url: installation.appUrl, seconds, mode: "simple" } as const;
  await throughUseCases(as, 2);
  pgbenchRate(pgbench, script, bare);
  const lived: number[] = [];
  const sent: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    lived.push(await throughUseCases(as, seconds));
    sent.push(pgbenchRate(pgbench, script, bare));
  }
  const value = median(lived);
  console.log(
    `        use cases ${lived.map(Math.round).join(", ")}/s · pgbench ${sent.map(Math.round).join(", ")}/s · ` +
      `${Math.round(value * EVENTS)} events/s`,
  );
  report({
    name: `whole cases (${EVENTS} events each), ${CASES_AT_ONCE} at once`,
    value,
    limit: median(sent),
    unit: "cases/s",
    ratio: value / median(sent),
    goal: GOAL,
    against: `pgbench, ${PGBENCH_CLIENTS} clients, the same statements`,
    why: "rules, folds and JSON of all cases run on one thread, beside the database on the other core",
  });
} finally {
  await database.close();
  await installation.close();
  rmSync(dir, { recursive: true, force: true });
}
