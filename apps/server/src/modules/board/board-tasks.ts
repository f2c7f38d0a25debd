import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { compactTallies } from "./compact-tallies.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Merges the rollup's lines of every county; runs every ten minutes. */
    "board.compact_tallies": Record<string, never>;
  }
}

const compactAll = async ({ database }: WorkerServices): Promise<void> => {
  for (const { countyCode } of await readCounties(database.db)) {
    await compactTallies(database.db, countyCode);
  }
};

export const boardTasks = { "board.compact_tallies": compactAll } satisfies Tasks;
