import { chmod, copyFile, lstat, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/**
 * Copies a folder that somebody is writing to: what vanishes meanwhile is left out. `skip` is asked
 * with the path below `from`: true leaves a file out, and a folder's content (the folder itself is
 * made). Modes come along.
 */
export const copyTree = async (
  from: string,
  to: string,
  skip: (path: string) => boolean = () => false,
  below = "",
): Promise<void> => {
  await mkdir(join(to, below), { recursive: true, mode: 0o700 });
  for (const entry of await readdir(join(from, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    try {
      if (entry.isDirectory()) {
        if (skip(path)) await mkdir(join(to, path), { recursive: true, mode: 0o700 });
        else await copyTree(from, to, skip, path);
      } else if (entry.isFile() && !skip(path)) {
        await copyFile(join(from, path), join(to, path));
        await chmod(join(to, path), (await lstat(join(from, path))).mode & 0o777);
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
};
