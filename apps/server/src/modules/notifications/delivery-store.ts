import type { MessagePurpose, SendingChannel } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A letter to be sent: to whom and about which steps. */
export type Delivery = {
  deliveryId: string;
  followerId: string;
  purpose: MessagePurpose;
  channel: SendingChannel;
  /** Whose steps it tells of: the case that the follower's own was merged into; null: their own. */
  caseId: string | null;
  fromSeq: number;
  toSeq: number;
  /** Tries so far, this one included. */
  attempts: number;
};

/** Enters deliveries that are not there yet; answers the ids of those that are new. */
export const insertDeliveries = async (
  trx: Trx,
  countyCode: string,
  deliveries: readonly Omit<Delivery, "attempts">[],
): Promise<string[]> => {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map((each) => ({
    delivery_id: each.deliveryId,
    follower_id: each.followerId,
    purpose: each.purpose,
    channel: each.channel,
    case_id: each.caseId,
    from_seq: each.fromSeq,
    to_seq: each.toSeq,
  }));
  const { rows: entered } = await sql<{ delivery_id: string }>`
    INSERT INTO message_delivery (county_code, delivery_id, follower_id, purpose, channel, case_id,
      from_seq, to_seq)
    SELECT ${countyCode}, d.delivery_id, d.follower_id, d.purpose, d.channel, d.case_id, d.from_seq,
      d.to_seq
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS d(delivery_id uuid, follower_id uuid,
      purpose text, channel text, case_id uuid, from_seq integer, to_seq integer)
    ON CONFLICT DO NOTHING RETURNING delivery_id`.execute(trx);
  return entered.map((row) => row.delivery_id);
};

/** Counts a try and hands out the delivery; undefined when it is settled. */
export const claimDelivery = async (
  trx: Trx,
  countyCode: string,
  deliveryId: string,
): Promise<Delivery | undefined> => {
  const row = await trx
    .updateTable("message_delivery")
    .set((eb) => ({ attempts: eb("attempts", "+", 1) }))
    .where("county_code", "=", countyCode)
    .where("delivery_id", "=", deliveryId)
    .where("state", "=", "queued")
    .returning([
      "delivery_id",
      "follower_id",
      "purpose",
      "channel",
      "case_id",
      "from_seq",
      "to_seq",
      "attempts",
    ])
    .executeTakeFirst();
  return (
    row && {
      deliveryId: row.delivery_id,
      followerId: row.follower_id,
      purpose: row.purpose as MessagePurpose,
      channel: row.channel as SendingChannel,
      caseId: row.case_id,
      fromSeq: row.from_seq,
      toSeq: row.to_seq,
      attempts: row.attempts,
    }
  );
};

/** Writes down how a delivery ended, or only why this try failed. */
export const settleDelivery = async (
  trx: Trx,
  countyCode: string,
  deliveryId: string,
  {
    state,
    error,
    sentAt,
  }: {
    state: "queued" | "sent" | "failed" | "dropped";
    error: string | null;
    sentAt: Date | null;
  },
): Promise<void> => {
  await trx
    .updateTable("message_delivery")
    .set({ state, last_error: error, sent_at: sentAt })
    .where("county_code", "=", countyCode)
    .where("delivery_id", "=", deliveryId)
    .execute();
};
