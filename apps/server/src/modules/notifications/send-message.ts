import type { SendingChannel } from "@onegrid/contract";
import { pino } from "pino";
import type { Config } from "../../platform/config.ts";
import { everywhere } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { openContact, readToldCase } from "../cases/index.ts";
import { readCounties, type KnownCounty } from "../county/index.ts";
import { openChannels } from "./channels/channel.ts";
import { AddressRefused, type Channel, type Letter } from "./channels/letter.ts";
import { composeLetter, newsFor } from "./compose.ts";
import { claimDelivery, settleDelivery, type Delivery } from "./delivery-store.ts";
import { selectFollower } from "./follower-store.ts";
import { followerToken } from "./links.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Sends one letter; keyed by the delivery. */
    "notifications.send": { countyCode: string; deliveryId: string };
  }
}

/** With growing pauses (1, 7, 20 seconds … 2 hours) a mail server may be away for half a day. */
export const MOST_ATTEMPTS = 12;

const opened = new WeakMap<Config, Partial<Record<SendingChannel, Channel>>>();

/** The channels of a process, opened at the first letter. */
export const channelsOf = (config: Config): Partial<Record<SendingChannel, Channel>> => {
  let channels = opened.get(config);
  if (channels === undefined) {
    const log = pino({ level: config.logLevel, name: "messages" });
    channels = openChannels(config.messaging ?? NO_MESSAGING, (line) => log.info(line));
    opened.set(config, channels);
  }
  return channels;
};

export const countyNamed = async (
  db: WorkerServices["database"]["db"],
  countyCode: string,
): Promise<KnownCounty> => {
  const county = (await readCounties(db)).find((each) => each.countyCode === countyCode);
  if (county === undefined) throw new RangeError(`no county ${countyCode}`);
  return county;
};

/** What went wrong, without the address that mail servers like to repeat. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AddressRefused) return error.message;
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const words = [code, responseCode].filter((part) => part !== undefined).map(String);
  return words.length > 0 ? `not sent: ${words.join(" ")}` : "not sent";
};

/** The letter of a delivery, or null when nobody wants it any more. */
const letterOf = async (
  trx: Trx,
  config: Config,
  county: KnownCounty,
  delivery: Delivery,
): Promise<Letter | null> => {
  const { countyCode } = county;
  const follower = await selectFollower(trx, countyCode, delivery.followerId);
  if (!follower?.sealed || follower.channel !== delivery.channel) return null;
  const waitsForYes = follower.channel === "email" && follower.confirmedAt === null;
  if (delivery.purpose === "progress" && waitsForYes) return null;
  const own = await readToldCase(trx, countyCode, follower.caseId, county.timeZone);
  const told =
    delivery.caseId === null
      ? own
      : await readToldCase(trx, countyCode, delivery.caseId, county.timeZone);
  if (own === undefined || told === undefined) return null;
  const steps = told.steps.filter(({ seq }) => seq >= delivery.fromSeq && seq <= delivery.toSeq);
  if (newsFor(delivery.channel, steps).length === 0) return null;
  return composeLetter({
    deliveryId: delivery.deliveryId,
    channel: delivery.channel,
    purpose: delivery.purpose,
    language: follower.language ?? "zh-CN",
    to: openContact(config.dataKey, countyCode, follower.followerId, follower.sealed),
    countyName: county.name,
    view: told.view,
    steps,
    publicUrl: config.messaging?.publicUrl ?? null,
    // Their own: that of the case which goes on is somebody else's secret.
    receiptCode: follower.receiptCode ?? own.receiptCode,
    token: followerToken(config.dataKey, countyCode, follower.followerId),
  });
};

/**
 * Sends one letter. The try is counted and committed before anything goes out, and no transaction
 * is open meanwhile. A process that dies between the other side's yes and our note sends again
 * under the same id (Message-ID, idempotency key): at least once, and one letter to whoever looks.
 */
export const sendMessage = async (
  { config, database, clock }: WorkerServices,
  { countyCode, deliveryId }: { countyCode: string; deliveryId: string },
): Promise<void> => {
  const { db } = database;
  const scope = everywhere(countyCode);
  const county = await countyNamed(db, countyCode);
  const claimed = await inScope(db, scope, async (trx) => {
    const delivery = await claimDelivery(trx, countyCode, deliveryId);
    if (delivery === undefined) return null;
    return { delivery, letter: await letterOf(trx, config, county, delivery) };
  });
  if (claimed === null) return;
  const settle = (state: "queued" | "sent" | "failed" | "dropped", error: string | null) =>
    inScope(db, scope, (trx) =>
      settleDelivery(trx, countyCode, deliveryId, {
        state,
        error,
        sentAt: state === "sent" ? clock.now() : null,
      }),
    );
  const { delivery, letter } = claimed;
  const channel = channelsOf(config)[delivery.channel];
  if (letter === null || channel === undefined) return settle("dropped", null);
  try {
    await channel.send(letter);
  } catch (error) {
    const reason = reasonOf(error);
    const isOver = error instanceof AddressRefused || delivery.attempts >= MOST_ATTEMPTS;
    await settle(isOver ? "failed" : "queued", reason);
    if (isOver) return;
    // The queue keeps the text of what is thrown: what the mail server said holds the address.
    // oxlint-disable-next-line preserve-caught-error
    throw new Error(reason);
  }
  await settle("sent", null);
};
