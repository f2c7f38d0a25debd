import type { Trx } from "../../platform/database.ts";
import { readToldCase, type ToldCase } from "./told-case.ts";

/** Where a merged case goes on. */
export type Onward = {
  /** The case at the end of the chain: one that was itself merged is only a way there. */
  end: ToldCase;
  /** Steps since the merger, of each case on the way from when it took the one before. */
  steps: ToldCase["steps"];
};

/** Follows a case that was merged 合并 into another; null when it was not. */
export const readOnward = async (
  trx: Trx,
  countyCode: string,
  told: ToldCase,
  timeZone: string,
): Promise<Onward | null> => {
  let end = told;
  const steps: ToldCase["steps"] = [];
  // Only a case that has not ended takes others in, so no chain leads back.
  while (end.present.mergedInto !== null) {
    const from = end.present.caseId;
    const next = await readToldCase(trx, countyCode, end.present.mergedInto, timeZone);
    if (next === undefined) break;
    const taken = next.steps.find(
      ({ event }) => event.kind === "absorb" && event.data.fromCaseId === from,
    );
    steps.push(...next.steps.filter(({ seq }) => seq > (taken?.seq ?? Infinity)));
    end = next;
  }
  return end === told ? null : { end, steps };
};
