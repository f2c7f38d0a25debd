import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readCounties } from "../county/index.ts";
import { inScope, type Scope } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { deleteUnnamed, isContentNamed, lockContent } from "./attachment-store.ts";
import { diskFileStore } from "./file-store.ts";
import { incomingFolder } from "./folders.ts";
import { removePhotoFiles } from "./photo-files.ts";

const DAY_MS = 24 * 3_600_000;

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Removes photos that no case has named for a day; runs by the hour. */
    "attachments.remove_unnamed": Record<string, never>;
    /** Removes the files of content (SHA-256 in hex) that no photo of the county has any more. */
    "attachments.remove_files": { countyCode: string; sha256: string[] };
  }
}

const countyScope = (countyCode: string): Scope => ({
  countyCode,
  scopeCode: countyCode,
  unitCode: "",
});

/** An upload cut off by a crash, or begun and never finished, left its bytes behind. */
const sweepIncoming = async (folder: string, beforeMs: number): Promise<void> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < beforeMs) await rm(path, { force: true });
  }
};

const removeUnnamed = async ({ database, clock, jobs, config }: WorkerServices): Promise<void> => {
  const before = new Date(clock.now().getTime() - DAY_MS);
  for (const { countyCode } of await readCounties(database.db)) {
    await inScope(database.db, countyScope(countyCode), async (trx) => {
      const removed = await deleteUnnamed(trx, countyCode, before);
      if (removed.length === 0) return;
      const sha256 = [...new Set(removed.map((hash) => hash.toString("hex")))];
      // Files go after the rows are gone for good, by a job that a crash cannot lose.
      await jobs.add(trx, "attachments.remove_files", { countyCode, sha256 });
    });
  }
  await sweepIncoming(incomingFolder(config), before.getTime());
};

const removeFiles = async (
  { database, config }: WorkerServices,
  { countyCode, sha256 }: { countyCode: string; sha256: string[] },
): Promise<void> => {
  const store = diskFileStore(config.filesDir);
  for (const hex of sha256) {
    const hash = Buffer.from(hex, "hex");
    await inScope(database.db, countyScope(countyCode), async (trx) => {
      await lockContent(trx, countyCode, hash);
      if (await isContentNamed(trx, countyCode, hash)) return;
      await removePhotoFiles(store, countyCode, hash);
    });
  }
};

export const attachmentTasks = {
  "attachments.remove_unnamed": removeUnnamed,
  "attachments.remove_files": removeFiles,
} satisfies Tasks;
