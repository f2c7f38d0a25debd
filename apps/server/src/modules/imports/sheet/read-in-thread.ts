import { Worker } from "node:worker_threads";
import { noTables, type TablesRead } from "./table.ts";

/** What a file may cost: a sheet of 100,000 rows needs about a quarter of each. */
const MOST_MEMORY_MB = 1_024;
const MOST_TIME_MS = 60_000;

/**
 * Reads the tables of a file in a thread of its own: the server goes on answering, and a file made
 * to eat memory or time ends that thread and nothing else (`too_heavy`).
 */
export const readInThread = (
  bytes: Uint8Array,
  fileName: string,
  mostRows: number,
): Promise<TablesRead> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), {
      workerData: { bytes, fileName, mostRows },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const give = (read: TablesRead): void => {
      clearTimeout(timer);
      resolve(read);
      void worker.terminate();
    };
    const timer = setTimeout(() => give(noTables("too_heavy")), MOST_TIME_MS);
    worker.once("message", give);
    worker.once("error", () => give(noTables("too_heavy")));
  });
