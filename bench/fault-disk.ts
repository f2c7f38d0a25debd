/** A disk that is small enough to be filled, in memory. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SmallDisk = {
  path: string;
  /** Fills it to the last block. */
  fill(): void;
  /** Gives the room back. */
  free(): void;
  close(): void;
};

const BLOCKS = [4 * 1024 * 1024, 64 * 1024, 4096];

const isFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOSPC";

const writeUntilFull = (file: string): void => {
  const handle = openSync(file, "a");
  try {
    for (const bytes of BLOCKS) {
      const block = Buffer.alloc(bytes, 1);
      for (;;) {
        try {
          writeSync(handle, block);
        } catch (error) {
          if (!isFull(error)) throw error;
          break;
        }
      }
    }
  } finally {
    closeSync(handle);
  }
};

/** Mounts one of so many MiB; answers why not where that is not allowed (it needs root). */
export const mountSmallDisk = (sizeMiB: number): SmallDisk | string => {
  const path = mkdtempSync(join(tmpdir(), "onegrid-small-disk-"));
  const options = `size=${sizeMiB}m,mode=755`;
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "onegrid-bench", path], {
    encoding: "utf8",
  });
  if (mounted.status !== 0) {
    rmdirSync(path);
    return `needs root to mount a tmpfs (${mounted.error?.message ?? mounted.stderr.trim()})`;
  }
  const ballast = join(path, "ballast");
  return {
    path,
    fill: () => writeUntilFull(ballast),
    free: () => rmSync(ballast, { force: true }),
    close: () => {
      const gone = spawnSync("umount", [path], { encoding: "utf8" });
      if (gone.status !== 0) throw new Error(`umount ${path}: ${gone.stderr}`);
      rmdirSync(path);
    },
  };
};
