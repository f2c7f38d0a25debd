/** Clients that report and act, and write down what they were told. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { v7 as newId } from "uuid";
import sharp from "sharp";
import { MINI } from "../apps/server/test/support/mini-county.ts";
import type { FaultSite } from "./fault-site.ts";

export type Ledger = {
  /** Ids of reports that were answered as accepted. */
  reports: Set<string>;
  /** Those of them that must ring bells: each is a job. */
  emergencies: Set<string>;
  /** Ids of commands that were answered as applied. */
  actions: Set<string>;
  /** Ids of photos that were answered as stored. */
  photos: Set<string>;
  /** Server errors that did not say by a known code that nothing was changed. */
  unclear: number;
  /** How often something was sent again because no good answer came, by what came instead. */
  resent: Map<string, number>;
};

export const emptyLedger = (): Ledger => ({
  reports: new Set(),
  emergencies: new Set(),
  actions: new Set(),
  photos: new Set(),
  unclear: 0,
  resent: new Map(),
});

const ANSWER_MS = 15_000;
const AGAIN_MS = 100;
const PAUSE_MS = 10;
/** Every so many reports one is an emergency, which a job tells of. */
const EMERGENCY_EVERY = 5;
const PHOTO_EVERY = 8;

/** The refusals of a server that cannot: a phone keeps what it has and sends it again. */
const CLEAR = new Set(["server.database_away", "server.storage_full", "server.unavailable"]);

type Result = { outcome: string; version?: number; problem?: { code: string } };
type Answer = { results?: Result[] };

/** Whatever was sent, this answer is wrong whichever program was killed. */
class WrongAnswer extends Error {}

type Sent = { method: "POST" | "PUT"; path: string; type: string; body: string | Blob };

/** What the server said instead of yes; counts a server error that leaves open what was done. */
const codeOf = async (ledger: Ledger, response: Response): Promise<string> => {
  const text = await response.text();
  const { code = text.slice(0, 40) } = JSON.parse(text) as { code?: string };
  if (response.status >= 500 && !CLEAR.has(code)) ledger.unclear += 1;
  return `${response.status} ${code}`;
};

/** Sends until an answer comes that was meant; the id that was chosen makes repeating harmless. */
const sendUntilAnswered = async <T>(
  site: FaultSite,
  ledger: Ledger,
  { method, path, type, body }: Sent,
  accept: (text: string) => T | undefined,
): Promise<T> => {
  for (;;) {
    let instead = "no answer";
    try {
      const response = await fetch(site.url + path, {
        method,
        headers: { ...site.headers, "content-type": type },
        body,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.status < 500 && response.status !== 429) {
        const text = await response.text();
        const taken = response.ok ? accept(text) : undefined;
        if (taken === undefined) throw new WrongAnswer(`${path}: ${response.status} ${text}`);
        return taken;
      }
      instead = await codeOf(ledger, response);
    } catch (error) {
      // Cut off, refused or too late: whether it was taken is not known.
      if (error instanceof WrongAnswer) throw error;
    }
    ledger.resent.set(instead, (ledger.resent.get(instead) ?? 0) + 1);
    await wait(AGAIN_MS);
  }
};

/** Sends a batch of one; answers the version that the case then has. */
const sendOne = (
  site: FaultSite,
  ledger: Ledger,
  path: string,
  batch: unknown,
  expected: string,
): Promise<number> =>
  sendUntilAnswered(
    site,
    ledger,
    { method: "POST", path, type: "application/json", body: JSON.stringify(batch) },
    (text) => {
      const [result] = (JSON.parse(text) as Answer).results ?? [];
      return result?.outcome === expected ? (result.version ?? 1) : undefined;
    },
  );

const SIDE_PX = 64;

/** Sends a photo that is like no other; answers its id. */
const sendPhoto = async (site: FaultSite, ledger: Ledger): Promise<string> => {
  const id = newId();
  const raw = { width: SIDE_PX, height: SIDE_PX, channels: 3 } as const;
  const jpeg = await sharp(randomBytes(SIDE_PX * SIDE_PX * 3), { raw })
    .jpeg()
    .toBuffer();
  const path = `/api/v1/attachments/${id}`;
  await sendUntilAnswered(
    site,
    ledger,
    { method: "PUT", path, type: "image/jpeg", body: new Blob([new Uint8Array(jpeg)]) },
    () => true,
  );
  ledger.photos.add(id);
  return id;
};

const reportOf = (caseId: string, isEmergency: boolean, attachmentIds: string[]) => ({
  caseId,
  categoryCode: isEmergency ? MINI.categories.gas : MINI.categories.litter,
  description: "faults",
  location: { lng: 107.05, lat: 30.05 },
  accuracyM: 8,
  address: null,
  capturedAt: null,
  attachmentIds,
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
    const attachmentIds = n % PHOTO_EVERY === 0 ? [await sendPhoto(site, ledger)] : [];
    const reports = [reportOf(caseId, isEmergency, attachmentIds)];
    const version = await sendOne(site, ledger, "/api/v1/cases", { reports }, "accepted");
    ledger.reports.add(caseId);
    if (isEmergency) ledger.emergencies.add(caseId);
    else {
      const command = signOf(caseId, version, n);
      const commands = [command];
      await sendOne(site, ledger, "/api/v1/case-commands", { commands }, "applied");
      ledger.actions.add(command.commandId);
    }
    await wait(PAUSE_MS);
  }
};
