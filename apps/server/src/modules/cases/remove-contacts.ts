import { inScope, type Trx } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { countyDay } from "./county-days.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Removes reporters' contacts whose term has ended; runs daily. */
    "cases.remove_expired_contacts": Record<string, never>;
  }
}

const removeExpiredContacts = async ({ database, clock }: WorkerServices): Promise<void> => {
  for (const { countyCode, timeZone } of await readCounties(database.db)) {
    const today = countyDay(clock.now(), timeZone);
    await inScope(database.db, { countyCode, scopeCode: countyCode, unitCode: "" }, (trx) =>
      trx
        .deleteFrom("reporter_contact")
        .where("county_code", "=", countyCode)
        .where("delete_after", "<", today)
        .execute(),
    );
  }
};

export const contactTasks = {
  "cases.remove_expired_contacts": removeExpiredContacts,
} satisfies Tasks;

/** Deletes a reporter's contact before its term, as its owner asks. */
export const removeContact = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<void> => {
  await trx
    .deleteFrom("reporter_contact")
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .execute();
};
