import { lettersOf, type Case, type CaseEvent } from "@onegrid/domain";
import { inScope, type Trx } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { readToldCase, type ToldCase } from "../cases/index.ts";
import { raiseAlert, ringBells, type RaisedAlert } from "./alert-store.ts";
import { newsFor } from "./compose.ts";
import { insertDeliveries } from "./delivery-store.ts";
import { derivedId } from "./derived-id.ts";
import { selectFollower, selectTold } from "./follower-store.ts";
import { everywhere } from "../../platform/context.ts";
import { countyNamed } from "./send-message.ts";
import { queueWebhooks } from "./webhook-store.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Some events of a case were written: tells followers, staff and other systems. */
    "notifications.tell": { countyCode: string; caseId: string; fromSeq: number; toSeq: number };
    /** Somebody gave an address: sends the first letter. */
    "notifications.greet": { countyCode: string; followerId: string };
  }
}

type Steps = ToldCase["steps"];

/** Older than this it is history being loaded, and no bell rings. */
const FRESH_MS = 24 * 3_600_000;

/** Whoever holds a case. */
export const holderOf = ({ tier, holderCode }: Case): RaisedAlert["audience"] => ({
  dispatchersOf: null,
  units: tier === "department" && holderCode !== null ? [holderCode] : [],
  holderGrid: tier === "department" ? null : holderCode,
});

const audienceOf = (event: CaseEvent, after: Case, present: Case) => {
  switch (event.kind) {
    case "report":
      return event.data.emergency
        ? {
            kind: "emergency" as const,
            audience: { ...holderOf(present), dispatchersOf: after.gridCode },
          }
        : null;
    case "supervise":
      return { kind: "supervision" as const, audience: holderOf(after) };
    case "call_whistle":
      return {
        kind: "whistle" as const,
        audience: { dispatchersOf: after.gridCode, units: [], holderGrid: null },
      };
    case "approve_whistle": {
      const units = after.side.whistles.at(-1)?.units.map(({ unitCode }) => unitCode) ?? [];
      return {
        kind: "whistle" as const,
        audience: { dispatchersOf: null, units, holderGrid: null },
      };
    }
    case "reopen":
      return {
        kind: "reopened" as const,
        audience: { dispatchersOf: after.gridCode, units: [], holderGrid: null },
      };
    default:
      return null;
  }
};

/** Alerts that some steps raise: emergencies, whistles, supervision orders, reopened cases. */
const alertsOf = (told: ToldCase, steps: Steps, now: Date): RaisedAlert[] =>
  steps.flatMap(({ event, after }) => {
    const found = audienceOf(event, after, told.present);
    const isHistory =
      told.present.source === "import" || now.getTime() - event.occurredAt.getTime() > FRESH_MS;
    if (found === null || isHistory) return [];
    const level = event.kind === "supervise" ? { level: event.data.level } : {};
    return [
      {
        ...found,
        caseId: event.caseId,
        key: `${event.caseId} ${event.seq}`,
        params: { event: event.kind, ...level },
        raisedAt: event.occurredAt,
        except: event.actorAccountId,
      },
    ];
  });

/** Step since which those who came with a duplicate belong to the case; 0 for its own followers. */
const belongsSince = ({ steps }: ToldCase, via: string | null): number =>
  via === null
    ? 0
    : (steps.findLast(({ event }) => event.kind === "absorb" && event.data.fromCaseId === via)
        ?.seq ?? Infinity);

const queueLetters = async (
  { jobs }: WorkerServices,
  trx: Trx,
  countyCode: string,
  { caseId, fromSeq, toSeq }: { caseId: string; fromSeq: number; toSeq: number },
  told: ToldCase,
  steps: Steps,
): Promise<void> => {
  if (lettersOf(steps).length === 0) return;
  const followers = await selectTold(trx, countyCode, caseId);
  const entered = await insertDeliveries(
    trx,
    countyCode,
    followers.flatMap(({ followerId, channel, confirmedAt, via }) => {
      if (channel === "page" || newsFor(channel, steps).length === 0) return [];
      if (channel === "email" && confirmedAt === null) return [];
      if (fromSeq <= belongsSince(told, via)) return [];
      const of = via === null ? [followerId] : [followerId, caseId];
      const line = { followerId, purpose: "progress", channel, fromSeq, toSeq } as const;
      const deliveryId = derivedId("letter", ...of, fromSeq, toSeq);
      return [{ ...line, deliveryId, caseId: via === null ? null : caseId }];
    }),
  );
  for (const deliveryId of entered) {
    const options = { key: `letter:${deliveryId}` };
    await jobs.add(trx, "notifications.send", { countyCode, deliveryId }, options);
  }
};

/**
 * Hands out what some events mean: a letter to each follower, an alert to each account it concerns,
 * a call to each webhook. One transaction; every line it writes has an id that follows from the
 * event, so doing it again after a crash finds them there.
 */
export const tell = async (
  services: WorkerServices,
  payload: { countyCode: string; caseId: string; fromSeq: number; toSeq: number },
): Promise<void> => {
  const { countyCode, caseId, fromSeq, toSeq } = payload;
  const { db } = services.database;
  const county = await countyNamed(db, countyCode);
  const rung = await inScope(db, everywhere(countyCode), async (trx) => {
    const told = await readToldCase(trx, countyCode, caseId, county.timeZone);
    if (told === undefined) return [];
    const steps = told.steps.filter(({ seq }) => seq >= fromSeq && seq <= toSeq);
    await queueLetters(services, trx, countyCode, payload, told, steps);
    await queueWebhooks(services.jobs, trx, countyCode, steps);
    const raised: { alert: RaisedAlert; accountIds: string[] }[] = [];
    for (const alert of alertsOf(told, steps, services.clock.now())) {
      raised.push({ alert, accountIds: await raiseAlert(trx, countyCode, alert) });
    }
    return raised;
  });
  for (const { alert, accountIds } of rung) await ringBells(db, countyCode, alert, accountIds);
};

/** Queues the first letter to a new address: by e-mail it asks whether the address is theirs. */
export const greet = async (
  { database, jobs }: WorkerServices,
  { countyCode, followerId }: { countyCode: string; followerId: string },
): Promise<void> => {
  await inScope(database.db, everywhere(countyCode), async (trx) => {
    const follower = await selectFollower(trx, countyCode, followerId);
    if (!follower?.sealed || follower.channel === "page") return;
    const { channel, sealed } = follower;
    // A changed address is greeted anew: its sealed form is another.
    const deliveryId = derivedId("greeting", followerId, sealed.ciphertext.toString("base64"));
    const line = {
      deliveryId,
      followerId,
      purpose: "greet",
      channel,
      caseId: null,
      fromSeq: 1,
      toSeq: 1,
    } as const;
    const entered = await insertDeliveries(trx, countyCode, [line]);
    if (entered.length === 0) return;
    const options = { key: `letter:${deliveryId}` };
    await jobs.add(trx, "notifications.send", { countyCode, deliveryId }, options);
  });
};
