/** Clients that report and act, and write down what they were told. */
import { setTimeout as wait } from "node:timers/promises";
import { v7 as newId } from "uuid";
import { MINI } from "../apps/server/test/support/mini-county.ts";
import type { FaultSite } from "./fault-site.ts";

export type Ledger = {
  /** Ids of reports that were answered as accepted. */
  reports: Set<string>;
  /** Those of them that must ring bells: each is a job. */
  emergencies: Set<string>;
  /** Ids of commands that were answered as applied. */
  actions: Set<string>;
  /** How often something was sent again because no good answer came, by what came instead. */
  resent: Map<string, number>;
};

export const emptyLedger = (): Ledger => ({
  reports: new Set(),
  emergencies: new Set(),
  actions: new Set(),
  resent: new Map(),
});

const ANSWER_MS = 15_000;
const AGAIN_MS = 100;
const PAUSE_MS = 10;
/** Every so many reports one is an emergency, which a job tells of. */
const EMERGENCY_EVERY = 5;

type Result = { outcome: string; version?: number; problem?: { code: string } };
type Answer = { results?: Result[] };

/** Whatever was sent, this answer is wrong whichever program was killed. */
class WrongAnswer extends Error {}

/** Sends until an answer comes that was meant; the id in the body makes repeating harmless. */
const sendUntilAnswered = async (
  site: FaultSite,
  ledger: Ledger,
  path: string,
  body: unknown,
  expected: string,
): Promise<Result> => {
  for (;;) {
    let instead = "no answer";
    try {
      const response = await fetch(site.url + path, {
        method: "POST",
        headers: site.headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.status < 500 && response.status !== 429) {
        const text = await response.text();
        const [result] = (JSON.parse(text) as Answer).results ?? [];
        if (result?.outcome !== expected)
          throw new WrongAnswer(`${path}: ${response.status} ${text}`);
        return result;
      }
      instead = String(response.status);
    } catch (error) {
      // Cut off, refused or too late: whether it was taken is not known.
      if (error instanceof WrongAnswer) throw error;
    }
    ledger.resent.set(instead, (ledger.resent.get(instead) ?? 0) + 1);
    await wait(AGAIN_MS);
  }
};

const reportOf = (caseId: string, isEmergency: boolean) => ({
  caseId,
  categoryCode: isEmergency ? MINI.categories.gas : MINI.categories.litter,
  description: "faults",
  location: { lng: 107.05, lat: 30.05 },
  accuracyM: 8,
  address: null,
  capturedAt: null,
  attachmentIds: [],
  componentCode: null,
  selfHandledNote: null,
});

const signOf = (caseId: string, baseVersion: number, deviceSeq: number) => ({
  commandId: newId(),
  deviceSeq,
  caseId,
  baseVersion,
  action: "sign",
  note: null,
  target: null,
  attachmentIds: [],
  details: null,
  capturedAt: null,
});

/** Reports cases and signs them, over and over, until asked to stop. */
export const runClient = async (
  site: FaultSite,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  for (let n = 1; !stop.aborted; n += 1) {
    const caseId = newId();
    const isEmergency = n % EMERGENCY_EVERY === 0;
    const { version = 1 } = await sendUntilAnswered(
      site,
      ledger,
      "/api/v1/cases",
      { reports: [reportOf(caseId, isEmergency)] },
      "accepted",
    );
    ledger.reports.add(caseId);
    if (isEmergency) ledger.emergencies.add(caseId);
    else {
      const command = signOf(caseId, version, n);
      const commands = [command];
      await sendUntilAnswered(site, ledger, "/api/v1/case-commands", { commands }, "applied");
      ledger.actions.add(command.commandId);
    }
    await wait(PAUSE_MS);
  }
};
