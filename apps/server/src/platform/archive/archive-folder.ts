import { randomUUID } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { canEnter, databaseOsUser } from "../embedded/os-user.ts";
import { OperatorError } from "../operator-error.ts";

/** What a base backup says of itself; written last, so a folder without it is none. */
const baseManifest = z.object({
  /** Name of its folder below `base/`. */
  name: z.string(),
  /** From this moment on it can be recovered to; the database's own clock. */
  finishedAt: z.iso.datetime(),
  /** The first segment of the log that it needs. */
  firstSegment: z.string().regex(/^[0-9A-F]{24}$/),
});
export type Base = z.infer<typeof baseManifest>;

const MARK = "onegrid-archive.json";
const mark = z.object({ format: z.literal(1), archiveId: z.uuid() });
/** What the database's folder remembers of its archive. */
const remembered = mark.extend({ folder: z.string() });
const OWN = "archive.json";
const SEGMENT = /^[0-9A-F]{24}\.gz$/;
/** A commit may reach the log a moment after a younger one that closed the segment before. */
const SLACK_MS = 2_000;

/** Folders of an archive: the log, base backups, photos, photos removed since, and the keys. */
export const archivePaths = (archive: string) => ({
  log: join(archive, "wal"),
  bases: join(archive, "base"),
  files: join(archive, "files"),
  removed: join(archive, "removed"),
  secrets: join(archive, "secrets"),
});

/** True when `./onegrid start --archive` writes, or wrote, into this folder. */
export const isArchive = (folder: string): boolean => existsSync(join(folder, MARK));

const write = (file: string, value: unknown): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** The archive lies where the database's account has no way in. */
export const archiveClosed = (folder: string): OperatorError =>
  new OperatorError(
    "archive.closed",
    `The database's account (postgres) cannot enter ${folder}.`,
    "Use a folder that is not below a closed one such as root's home.",
  );

/**
 * Makes the archive's folders on first use and gives the log's to the database's account.
 * `databaseFolder` remembers which archive is its own: two databases that wrote into one archive
 * would each find the other's log. Throws `archive.unsupported`, `.of_another`, `.closed`.
 */
const prepareArchive = (folder: string, databaseFolder: string): string => {
  if (process.platform === "win32") {
    throw new OperatorError(
      "archive.unsupported",
      "Archiving the database's log needs a Unix shell.",
      "Use ./onegrid backup, or a PostgreSQL server of your own with its own archive.",
    );
  }
  const archive = resolve(folder);
  const own = join(databaseFolder, OWN);
  const known = existsSync(own) ? remembered.parse(JSON.parse(readFileSync(own, "utf8"))) : null;
  mkdirSync(archive, { recursive: true, mode: 0o711 });
  if (isArchive(archive)) {
    const found = mark.parse(JSON.parse(readFileSync(join(archive, MARK), "utf8")));
    if (found.archiveId !== known?.archiveId) {
      throw new OperatorError(
        "archive.of_another",
        `${archive} is the archive of another database, or of this one before it was restored.`,
        "Give an empty folder: --archive DIR",
      );
    }
  } else {
    if (readdirSync(archive).length > 0) {
      throw new OperatorError(
        "archive.not_empty",
        `${archive} holds other things.`,
        "Give an empty folder: --archive DIR",
      );
    }
    // In this order: a start that is cut off between the two makes another archive of it.
    const made = { format: 1, archiveId: randomUUID() };
    write(own, { ...made, folder: archive });
    write(join(archive, MARK), made);
  }
  // Also when the archive was moved.
  if (known !== null && known.folder !== archive && isArchive(archive)) {
    write(own, { ...known, folder: archive });
  }
  const user = databaseOsUser();
  const paths = archivePaths(archive);
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user) chownSync(paths.log, user.uid, user.gid);
  if (!canEnter(user, paths.log)) throw archiveClosed(paths.log);
  return archive;
};

/**
 * The archive of a database that is opened: the folder that is named, else the one of the last
 * start, so that a command in between leaves no hole in the log; null without one. `none` ends it.
 */
export const archiveOf = (named: string | undefined, databaseFolder: string): string | null => {
  const own = join(databaseFolder, OWN);
  if (named === "none") {
    rmSync(own, { force: true });
    return null;
  }
  if (named !== undefined) return prepareArchive(named, databaseFolder);
  // Not made ready: where its disk is away the log waits for it.
  return existsSync(own) ? remembered.parse(JSON.parse(readFileSync(own, "utf8"))).folder : null;
};

/** The whole base backups of an archive, the oldest first. */
export const readBases = (archive: string): Base[] => {
  const { bases } = archivePaths(archive);
  return readdirSync(bases)
    .map((name) => join(bases, name, "base.json"))
    .filter((file) => existsSync(file))
    .map((file) => baseManifest.parse(JSON.parse(readFileSync(file, "utf8"))))
    .toSorted((a, b) => a.finishedAt.localeCompare(b.finishedAt));
};

export const writeBase = (folder: string, base: Base): void =>
  write(join(folder, "base.json"), base);

/** Up to when everything is in the archive for certain; null when it holds no log. */
export const archiveReaches = (archive: string): Date | null => {
  const { log } = archivePaths(archive);
  const times = readdirSync(log)
    .filter((name) => SEGMENT.test(name))
    .map((name) => statSync(join(log, name)).mtimeMs);
  return times.length === 0 ? null : new Date(Math.max(...times) - SLACK_MS);
};
