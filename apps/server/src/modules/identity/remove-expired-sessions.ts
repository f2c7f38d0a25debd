import { inScope } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { deleteOldCodes } from "./factors/sms-store.ts";
import { deleteExpiredSessions } from "./session-store.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Removes the rows of sessions and codes that can no longer be used; runs by the hour. */
    "identity.remove_expired_sessions": Record<string, never>;
  }
}

const removeExpiredSessions = async ({ database, clock }: WorkerServices): Promise<void> => {
  for (const { countyCode } of await readCounties(database.db)) {
    await inScope(database.db, { countyCode, scopeCode: countyCode, unitCode: "" }, async (trx) => {
      await deleteExpiredSessions(trx, countyCode, clock.now());
      await deleteOldCodes(trx, countyCode, clock.now());
    });
  }
};

export const identityTasks = {
  "identity.remove_expired_sessions": removeExpiredSessions,
} satisfies Tasks;
