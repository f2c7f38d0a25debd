/**
 * Clocks of the real programs that can be moved while they run: Debian's libfaketime answers every
 * question for the time of day, of Node.js and of PostgreSQL, from a file. The clock that only counts
 * (timers, timeouts) stays, as it does when somebody sets a machine's clock.
 */
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What can have a clock of its own: two machines may disagree. */
const MACHINES = ["programs", "database"] as const;
export type Machine = (typeof MACHINES)[number];

export type MovableClocks = {
  /** Environment of programs that believe the clock of this machine. */
  env(machine: Machine): NodeJS.ProcessEnv;
  /** Puts the clock so many hours before (negative) or after the true time, at once. */
  move(machine: Machine, hours: number): void;
  close(): void;
};

const LIBRARIES = "/usr/lib/*/faketime/libfaketime.so.1";

/** Clocks at the true time, or null where libfaketime is not installed (`apt-get install faketime`). */
export const openMovableClocks = (): MovableClocks | null => {
  const [library] = globSync(LIBRARIES);
  if (library === undefined || !existsSync(library)) return null;
  const folder = mkdtempSync(join(tmpdir(), "onegrid-clocks-"));
  // The database runs as another user.
  chmodSync(folder, 0o755);
  const fileOf = (machine: Machine) => join(folder, machine);
  const move = (machine: Machine, hours: number): void =>
    writeFileSync(fileOf(machine), `${hours < 0 ? "" : "+"}${hours}h\n`);
  for (const machine of MACHINES) move(machine, 0);
  return {
    move,
    env: (machine) => ({
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: fileOf(machine),
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
