import { pino } from "pino";
import { systemActor, type Ctx } from "../../platform/context.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { trainCategories } from "./train-categories.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Learns again what people's words mean, from all that was closed since; runs weekly. */
    "suggestions.train": Record<string, never>;
  }
}

/**
 * Trains the suggestions of each county and logs how good they are on cases they had not seen. A
 * county with too few closed cases, or none since the last time, keeps what it has.
 */
const trainWeekly = async ({ config, database, clock, jobs }: WorkerServices): Promise<void> => {
  const log = pino({ level: config.logLevel, name: "suggestions" });
  const { db } = database;
  for (const county of await readCounties(db)) {
    const { countyCode } = county;
    const actor = systemActor(countyCode);
    const ctx: Ctx = { db, clock, jobs, county, actor, requestId: "suggestions.train" };
    const trained = await trainCategories(ctx, { onlyWhenNew: true });
    if (trained === null) log.info({ countyCode }, "nothing new to learn categories from");
    else log.info({ countyCode, ...trained }, "learnt categories from closed cases");
  }
};

export const suggestionTasks = { "suggestions.train": trainWeekly } satisfies Tasks;
