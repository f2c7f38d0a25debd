import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { archivePaths } from "./archive-folder.ts";

/** Made again by whoever needs them, and gone after a day. */
const PASSING = new Set(["incoming", "exports", "imports"]);
/** These grow; everything else is named by its content and never changes. */
const GROWING = "audit-anchors";

type Folder = { mtimeMs: number; folders: string[] };

const copyWhole = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, `${to}.part`);
  await rename(`${to}.part`, to);
};

const sizeOf = async (file: string): Promise<number | null> =>
  (await stat(file).catch(() => null))?.size ?? null;

/**
 * Copies new files into the archive. A folder that has not changed since the last call is not read
 * again, so a look by the minute costs little beside a million photos.
 */
export const fileMirror = (filesDir: string, archive: string): (() => Promise<number>) => {
  const known = new Map<string, Folder>();
  const { files } = archivePaths(archive);
  const look = async (below: string): Promise<number> => {
    const { mtimeMs } = await stat(join(filesDir, below));
    const before = known.get(below);
    let copied = 0;
    let folders = before?.folders ?? [];
    if (before?.mtimeMs !== mtimeMs || below === GROWING) {
      folders = [];
      for (const entry of await readdir(join(filesDir, below), { withFileTypes: true })) {
        const path = join(below, entry.name);
        if (PASSING.has(path)) continue;
        if (entry.isDirectory()) folders.push(path);
        else if (entry.isFile()) {
          const size = await sizeOf(join(filesDir, path));
          if (size === null || size === (await sizeOf(join(files, path)))) continue;
          await copyWhole(join(filesDir, path), join(files, path));
          copied += 1;
        }
      }
      known.set(below, { mtimeMs, folders });
    }
    for (const folder of folders) copied += await look(folder).catch(() => 0);
    return copied;
  };
  return () => look("");
};

/** Keeps the installation's secrets as they are now; one more file only when they have changed. */
export const keepSecrets = async (dataDir: string, archive: string): Promise<void> => {
  const text = await readFile(join(dataDir, "secrets.json"));
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const kept = join(archivePaths(archive).secrets, `${name}.json`);
  if ((await sizeOf(kept)) === null) {
    await copyWhole(join(dataDir, "secrets.json"), kept);
  }
  // The time says which were the last in use.
  await utimes(kept, new Date(), new Date());
};
