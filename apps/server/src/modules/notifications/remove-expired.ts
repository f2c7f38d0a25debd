import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { countyDay } from "../cases/index.ts";
import { readCounties } from "../county/index.ts";
import { removeExpiredAddresses } from "./follower-store.ts";
import { everywhere } from "../../platform/context.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Deletes followers' addresses whose term has ended; runs daily. */
    "notifications.remove_expired": Record<string, never>;
  }
}

export const removeExpired = async ({ database, clock }: WorkerServices): Promise<void> => {
  for (const { countyCode, timeZone } of await readCounties(database.db)) {
    const today = countyDay(clock.now(), timeZone);
    await inScope(database.db, everywhere(countyCode), (trx) =>
      removeExpiredAddresses(trx, countyCode, today),
    );
  }
};
