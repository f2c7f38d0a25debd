/**
 * Nothing that was acknowledged is lost, nothing is there twice: reports with photos and actions go
 * on while server, worker and database are killed (-9), alone or all at once, answers are cut in the
 * middle, and clocks are moved by hours, forward and back, one of these a round, picked at random. Then
 * the same on a small disk that is filled and freed again. The clients keep a ledger of what was
 * answered and send again what was not, under the same id, as a phone does. At the end clocks are put
 * right and the ledger is compared with the database and the files, every case with its log, and what
 * jobs had to do with what they did.
 *
 *     ./onegrid bench faults                 30 rounds, and 3 with a full disk
 *     ./onegrid bench faults --rounds=100    and 10 with a full disk
 *     ./onegrid bench faults --only=clock    what strikes picked by name
 *
 * The clocks need Debian's faketime, the disk needs root; without them that part says it was skipped.
 */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { fillDisk, KILLS, moveClock, type Blow } from "./fault-blows.ts";
import { emptyLedger, runClient, type Ledger } from "./fault-clients.ts";
import { openMovableClocks } from "./fault-clock.ts";
import { compareLedger, untilJobsDone } from "./fault-comparison.ts";
import { mountSmallDisk } from "./fault-disk.ts";
import { openFaultSite, type FaultSite } from "./fault-site.ts";
import { report } from "./lib.ts";

const CLIENTS = 8;
/** So many answers must have come before the next blow: what nobody was told cannot be lost. */
const ANSWERS_BETWEEN = 40;
const WORKING_MS = 180_000;
const MOST_LINES = 5;
const DISK_MIB = 768;
/** A tenth as many rounds with a full disk: each takes as long as several others. */
const ROUNDS_A_DISK = 10;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    only: { type: "string", default: "" },
  },
});

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
    const said = await strike(site);
    await site.untilReady();
    const seconds = (performance.now() - begunAt) / 1000;
    secondsByBlow.set(name, [...(secondsByBlow.get(name) ?? []), seconds]);
    console.log(
      `round ${round}: ${name}${said === undefined ? "" : ` (${said})`}, ready after ${seconds.toFixed(2)} s · ${ledger.reports.size} reports ` +
        `and ${ledger.actions.size} actions acknowledged, sent again after: ${shown(ledger.resent)}`,
    );
  }
  return secondsByBlow;
};

/** What the programs themselves called unexpected: a defect, whatever was killed. */
const tellUnexpected = ({ logFile }: FaultSite): void => {
  const lines = readFileSync(logFile, "utf8").split("\n");
  const unexpected = lines.filter((line) => line.includes('"msg":"unexpected"'));
  for (const line of unexpected.slice(0, MOST_LINES))
    console.log(`        ${line.slice(0, 1_500)}`);
};

/** Runs load and blows over one installation, then compares. */
const measure = async (
  name: string,
  site: FaultSite,
  rounds: number,
  pick: () => Blow,
  /** What is put right before the comparison. */
  putRight: () => void = () => {},
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
  putRight();
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
  const { fired, ...found } = await compareLedger(site, ledger);
  const { reports, actions, emergencies, photos, unclear } = ledger;
  const total = reports.size + actions.size + emergencies.size + photos.size;
  const wrong = Object.values(found).reduce((sum, count) => sum + count, unclear);
  console.log(
    `${reports.size} reports, ${actions.size} actions, ${photos.size} photos, ${emergencies.size} ` +
      `emergencies; ${fired} deadlines told of; sent again after: ${shown(ledger.resent)}`,
  );
  if (unclear > 0) tellUnexpected(site);
  report({
    name,
    value: total - wrong,
    limit: total,
    unit: "reports, actions, photos and jobs",
    ratio: total === 0 ? 0 : (total - wrong) / total,
    against:
      `${found.lost} lost, ${found.doubled} doubled, ${found.unequal} cases unlike their log, ` +
      `${found.jobsLost} jobs lost, ${found.jobsDoubled} doubled, ${unclear} server errors unclear`,
    why: "what was answered with success must be in the database once, whatever was killed when",
  });
};

const isWanted = ({ name }: Blow): boolean => name.includes(values.only);

const strikeThings = async (rounds: number): Promise<void> => {
  const clocks = openMovableClocks();
  if (clocks === null) console.log("clock moved: SKIPPED, needs Debian's package faketime");
  const site = await openFaultSite(undefined, clocks);
  const all = clocks === null ? KILLS : [...KILLS, moveClock(clocks)];
  const blows = all.filter(isWanted);
  const pick = () => blows[randomInt(blows.length)] as Blow;
  try {
    await measure("acknowledged work that survived", site, rounds, pick, () => {
      clocks?.move("programs", 0);
      clocks?.move("database", 0);
    });
  } finally {
    await site.close();
    clocks?.close();
  }
};

const fillDisks = async (rounds: number): Promise<void> => {
  const disk = mountSmallDisk(DISK_MIB);
  if (typeof disk === "string") {
    console.log(`disk filled: SKIPPED, ${disk}`);
    return;
  }
  try {
    const site = await openFaultSite(disk.path);
    try {
      const blow = fillDisk(disk);
      await measure("acknowledged work that survived a full disk", site, rounds, () => blow);
    } finally {
      await site.close();
    }
  } finally {
    disk.close();
  }
};

const rounds = Number(values.rounds);
const isDiskAlone = values.only !== "" && "disk filled".includes(values.only);
if (!isDiskAlone) await strikeThings(rounds);
if (isDiskAlone || values.only === "") await fillDisks(Math.ceil(rounds / ROUNDS_A_DISK));
