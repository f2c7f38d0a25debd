import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { archivePaths, readBases } from "./archive-folder.ts";

const DAY_MS = 24 * 3_600_000;
/** Number of a segment without its timeline: the log's order. */
const placeOf = (segment: string): string => segment.slice(8, 24);

/**
 * Removes what no moment of the last `keepDays` days needs: base backups older than the one from
 * which the first of those days is recovered, the log before the oldest base, and photos that the
 * installation removed before. Personal data that was deleted is gone from here after that time.
 */
export const pruneArchive = async (
  archive: string,
  filesDir: string,
  keepDays: number,
  now: Date,
): Promise<void> => {
  const paths = archivePaths(archive);
  const since = new Date(now.getTime() - keepDays * DAY_MS).toISOString();
  const bases = readBases(archive);
  const needed = bases.findLastIndex(({ finishedAt }) => finishedAt <= since);
  for (const { name } of bases.slice(0, Math.max(0, needed))) {
    await rm(join(paths.bases, name), { recursive: true });
  }
  const oldest = bases[Math.max(0, needed)];
  if (oldest === undefined) return;
  for (const name of await readdir(paths.log)) {
    if (/^[0-9A-F]{24}\./.test(name) && placeOf(name) < placeOf(oldest.firstSegment)) {
      await rm(join(paths.log, name), { force: true });
    }
  }
  const today = now.toISOString().slice(0, 10);
  for (const entry of await readdir(paths.files, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(paths.files.length + 1);
    if ((await stat(join(filesDir, path)).catch(() => null)) !== null) continue;
    const to = join(paths.removed, today, path);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(join(paths.files, path), to);
  }
  for (const day of await readdir(paths.removed)) {
    if (day < since.slice(0, 10)) await rm(join(paths.removed, day), { recursive: true });
  }
};
