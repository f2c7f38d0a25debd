import type { RunningCluster } from "./base-backup.ts";
import { makeBase } from "./base-backup.ts";
import { readBases } from "./archive-folder.ts";
import { fileMirror, keepSecrets } from "./mirror-files.ts";
import { pruneArchive } from "./prune.ts";
import { messageOf } from "../operator-error.ts";

const DAY_MS = 24 * 3_600_000;
const LOOK_MS = 60_000;

export type ArchivePlan = {
  archive: string;
  cluster: RunningCluster;
  dataDir: string;
  filesDir: string;
  /** How far back it can be recovered. */
  keepDays: number;
  say: (line: string) => void;
};

/**
 * Keeps an archive while a county is served: photos and keys by the minute, a base backup by the
 * day, and nothing older than `keepDays`. A failure is said and tried again a minute later; the log
 * itself waits in the database's folder meanwhile. `close` takes the last photos along.
 */
export const keepArchive = (
  plan: ArchivePlan,
): { look(): Promise<void>; close(): Promise<void> } => {
  const { archive, cluster, dataDir, filesDir, keepDays, say } = plan;
  const mirror = fileMirror(filesDir, archive);
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;
  const look = async (): Promise<void> => {
    await keepSecrets(dataDir, archive);
    await mirror();
    const last = readBases(archive).at(-1);
    const isDue = last === undefined || Date.now() - Date.parse(last.finishedAt) >= DAY_MS;
    if (!isDue || isClosed) return;
    const { finishedAt } = await makeBase(archive, cluster);
    say(`archive: base backup, recoverable from ${finishedAt}`);
    await pruneArchive(archive, filesDir, keepDays, new Date());
  };
  const next = (): Promise<void> => {
    running = running.then(look).catch((error: unknown) => {
      say(`archive: not kept at the moment: ${messageOf(error)}`);
    });
    return running;
  };
  void next();
  const timer = setInterval(() => void next(), LOOK_MS);
  timer.unref();
  return {
    look: next,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await next();
    },
  };
};
