/** What strikes an installation while it works. */
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Machine, MovableClocks } from "./fault-clock.ts";
import type { SmallDisk } from "./fault-disk.ts";
import type { FaultSite } from "./fault-site.ts";

/** One blow; resolves when what it struck may come up again, with what there is to say about it. */
export type Blow = { name: string; strike(site: FaultSite): Promise<string | undefined> };

const CUT_MS = 1_000;
const FULL_MS = 5_000;
const FURTHEST_HOURS = 5;

const killAll = ({ programs, killDatabase }: FaultSite) =>
  Promise.all([programs.kill("server"), programs.kill("worker"), killDatabase()]);

const silently = (name: string, work: (site: FaultSite) => Promise<unknown>): Blow => ({
  name,
  strike: async (site) => {
    await work(site);
    return undefined;
  },
});

export const KILLS: readonly Blow[] = [
  silently("server killed", ({ programs }) => programs.kill("server")),
  silently("worker killed", ({ programs }) => programs.kill("worker")),
  silently("database killed", (site) => site.killDatabase()),
  silently("all killed", killAll),
  {
    name: "answers cut",
    strike: async ({ proxy }) => `${await proxy.cutFor(CUT_MS)} answers`,
  },
];

/** Which clocks go along: those of one machine with everything, or of one of two machines. */
const MOVED: readonly (readonly Machine[])[] = [
  ["programs", "database"],
  ["programs"],
  ["database"],
];

const signed = (hours: number): string => (hours > 0 ? `+${hours}` : String(hours));

/**
 * Puts clocks somewhere else within five hours of the true time, forward or back, while everything
 * works; every second time the programs whose clock it is are killed with it, so that they start anew
 * in another hour.
 */
export const moveClock = (clocks: MovableClocks): Blow => ({
  name: "clock moved",
  strike: async (site) => {
    const machines = MOVED[randomInt(MOVED.length)] as readonly Machine[];
    const hours = randomInt(-FURTHEST_HOURS, FURTHEST_HOURS + 1);
    const isRestart = randomInt(2) === 0;
    for (const machine of machines) clocks.move(machine, hours);
    if (isRestart && machines.includes("database")) await site.killDatabase();
    if (isRestart && machines.includes("programs")) {
      await Promise.all([site.programs.kill("server"), site.programs.kill("worker")]);
    }
    return `${machines.join(" and ")} to ${signed(hours)} h${isRestart ? ", restarted" : ""}`;
  },
});

/**
 * Fills the disk that holds files and database, looks how the server stands it, and gives the room
 * back. Throws when the process does not say meanwhile that it lives.
 */
export const fillDisk = (disk: SmallDisk): Blow => ({
  name: "disk filled",
  strike: async (site) => {
    disk.fill();
    try {
      await wait(FULL_MS);
      const live = await site.statusOf("/healthz");
      if (live !== 200) throw new Error(`/healthz says ${live} while the disk is full`);
      return `/healthz 200, /readyz ${await site.statusOf("/readyz")} while it was full`;
    } finally {
      disk.free();
    }
  },
});
