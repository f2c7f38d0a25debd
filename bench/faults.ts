/**
 * Nothing that was acknowledged is lost, nothing is there twice: reports and actions go on while
 * server, worker and database are killed (-9), alone or all at once, and answers are cut in the
 * middle, one of these a round, picked at random. The clients keep a ledger of what was answered
 * and send again what was not, under the same id, as a phone does. At the end the ledger is compared
 * with the database, every case with its log, and what jobs had to do with what they did.
 *
 *     ./onegrid bench faults                 30 rounds
 *     ./onegrid bench faults --rounds=100
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { emptyLedger, runClient, type Ledger } from "./fault-clients.ts";
import { compareLedger, untilJobsDone } from "./fault-comparison.ts";
import { openFaultSite, type FaultSite } from "./fault-site.ts";
import { report } from "./lib.ts";

const CLIENTS = 8;
const CUT_MS = 1_000;
/** So many answers must have come before the next blow: what nobody was told cannot be lost. */
const ANSWERS_BETWEEN = 40;
const WORKING_MS = 180_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
  },
});

/** One blow; resolves when what it struck may come up again. */
type Blow = { name: string; strike(site: FaultSite): Promise<unknown> };

const BLOWS: Blow[] = [
  { name: "server killed", strike: ({ programs }) => programs.kill("server") },
  { name: "worker killed", strike: ({ programs }) => programs.kill("worker") },
  { name: "database killed", strike: (site) => site.killDatabase() },
  {
    name: "all killed",
    strike: ({ programs, killDatabase }) =>
      Promise.all([programs.kill("server"), programs.kill("worker"), killDatabase()]),
  },
  { name: "answers cut", strike: ({ proxy }) => proxy.cutFor(CUT_MS) },
];

const mean = (each: readonly number[]): number =>
  each.reduce((sum, value) => sum + value, 0) / each.length;

const answered = ({ reports, actions }: Ledger): number => reports.size + actions.size;

/** Resolves when clients have been answered so often since. */
const untilWorking = async (ledger: Ledger, since: number): Promise<void> => {
  const until = performance.now() + WORKING_MS;
  while (answered(ledger) < since) {
    if (performance.now() > until) throw new Error("the clients are not answered again");
    await wait(20);
  }
};

const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([instead, times]) => `${instead} ${times} ×`).join(", ");

const runRounds = async (
  site: FaultSite,
  ledger: Ledger,
  rounds: number,
  pick: () => Blow,
): Promise<Map<string, number[]>> => {
  const secondsByBlow = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round += 1) {
    await untilWorking(ledger, answered(ledger) + ANSWERS_BETWEEN);
    await wait(randomInt(1_000));
    const { name, strike } = pick();
    const begunAt = performance.now();
    await strike(site);
    await site.untilReady();
    const seconds = (performance.now() - begunAt) / 1000;
    secondsByBlow.set(name, [...(secondsByBlow.get(name) ?? []), seconds]);
    console.log(
      `round ${round}: ${name}, ready after ${seconds.toFixed(2)} s · ${ledger.reports.size} reports ` +
        `and ${ledger.actions.size} actions acknowledged, sent again after: ${shown(ledger.resent)}`,
    );
  }
  return secondsByBlow;
};

/** Runs load and blows over one installation, then compares. */
const measure = async (
  name: string,
  site: FaultSite,
  rounds: number,
  pick: () => Blow,
): Promise<void> => {
  await site.untilReady();
  const ledger = emptyLedger();
  const stop = new AbortController();
  const clients = Promise.all(
    Array.from({ length: CLIENTS }, () => runClient(site, ledger, stop.signal)),
  );
  // A client that fails ends the run now, not after the last round.
  const secondsByBlow = await Promise.race([
    runRounds(site, ledger, rounds, pick),
    clients.then(() => Promise.reject(new Error("the clients stopped by themselves"))),
  ]);
  stop.abort();
  await clients;
  await untilJobsDone(site.ownerUrl);
  for (const [blow, seconds] of secondsByBlow) {
    const longest = Math.max(...seconds).toFixed(2);
    console.log(
      `${blow}: ${seconds.length} ×, ready again after ${mean(seconds).toFixed(2)} s on average, ` +
        `${longest} s at most`,
    );
  }
  const all = [...secondsByBlow.values()].flat();
  console.log(`mean time to ready again ${mean(all).toFixed(2)} s over ${all.length} rounds`);
  const found = await compareLedger(site, ledger);
  const total = ledger.reports.size + ledger.actions.size + ledger.emergencies.size;
  const wrong = Object.values(found).reduce((sum, count) => sum + count, 0);
  report({
    name,
    value: total - wrong,
    limit: total,
    unit: "reports, actions and jobs",
    ratio: total === 0 ? 0 : (total - wrong) / total,
    against:
      `${found.lost} lost, ${found.doubled} doubled, ${found.unequal} cases unlike their log, ` +
      `${found.jobsLost} jobs lost, ${found.jobsDoubled} doubled`,
    why: "what was answered with success must be in the database once, whatever was killed when",
  });
};

const killThings = async (rounds: number): Promise<void> => {
  const site = await openFaultSite();
  try {
    const pick = () => BLOWS[randomInt(BLOWS.length)] as Blow;
    await measure("acknowledged work that survived kills", site, rounds, pick);
  } finally {
    await site.close();
  }
};

await killThings(Number(values.rounds));
