import { isEnded } from "@onegrid/domain";
import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { caseRulesOf, readToldCase } from "../cases/index.ts";
import { raiseAlert, ringBells, type RaisedAlert } from "./alert-store.ts";
import { everywhere } from "../../platform/context.ts";
import { countyNamed } from "./send-message.ts";
import { holderOf } from "./tell.ts";

type Payload = {
  countyCode: string;
  caseId: string;
  clockKey: string;
  key: string;
  round: number;
};

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** A share of a limit is used up: alerts whoever holds the case. */
    "notifications.milestone": Payload;
  }
}

/**
 * Alerts the holder of a share of a limit that is used up, and when the whole is gone also the
 * desks over the place. A case that ended in the meantime alerts nobody.
 */
export const tellOfMilestone = async (
  { database, clock }: WorkerServices,
  { countyCode, caseId, clockKey, key, round }: Payload,
): Promise<void> => {
  const { db } = database;
  const county = await countyNamed(db, countyCode);
  const history = await caseRulesOf(db, countyCode);
  const rung = await inScope(db, everywhere(countyCode), async (trx) => {
    const told = await readToldCase(trx, countyCode, caseId, county.timeZone);
    if (told === undefined || isEnded(told.present.state)) return null;
    // By the rules that the case was filed under, as the milestone itself; a stage's is its whole.
    const { milestones } = history.at(told.present.rulesVersion);
    const ratio = milestones.find((each) => each.key === key)?.ratio ?? 1;
    const isOver = ratio >= 1;
    const audience = holderOf(told.present);
    const alert: RaisedAlert = {
      kind: isOver ? "overdue" : "milestone",
      caseId,
      key: `${caseId} ${clockKey} ${key} ${round}`,
      params: { clock: clockKey, percent: Math.round(ratio * 100) },
      raisedAt: clock.now(),
      audience: isOver ? { ...audience, dispatchersOf: told.present.gridCode } : audience,
      except: null,
    };
    return { alert, accountIds: await raiseAlert(trx, countyCode, alert) };
  });
  if (rung !== null) await ringBells(db, countyCode, rung.alert, rung.accountIds);
};
