import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Where the bytes of photos lie, by a key of slashes and plain words. Small on purpose: a store
 * that speaks S3 can take the place of the disk.
 */
export type FileStore = {
  /** Stores under a key; when it resolves the bytes survive a crash. A key is written once. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or null when nothing lies under the key. */
  get(key: string): Promise<Buffer | null>;
  /** Removes; a key that is not there is fine. */
  remove(key: string): Promise<void>;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Files below `root`: written aside, synced, then renamed, so that none is ever half there. */
export const diskFileStore = (root: string): FileStore => {
  const pathOf = (key: string) => join(root, ...key.split("/"));

  return {
    put: async (key, bytes) => {
      const path = pathOf(key);
      // The key names the content, so a file of the right length is the right file.
      const known = await stat(path).catch(() => null);
      if (known?.size === bytes.byteLength) return;
      const folder = dirname(path);
      const made = await mkdir(folder, { recursive: true });
      const draft = `${path}.${randomUUID()}.draft`;
      try {
        const handle = await open(draft, "wx", 0o640);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(folder);
      // A folder made on the way is itself an entry of the one above.
      if (made !== undefined) await syncFolder(dirname(folder));
    },
    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
};
