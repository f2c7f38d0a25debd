import { createHmac, hkdfSync, randomInt, timingSafeEqual } from "node:crypto";
import type { MessageLanguage } from "@onegrid/contract";
import { maskedAddress } from "@onegrid/domain";
import type { Ctx } from "../../../platform/context.ts";
import { scopeOf } from "../../../platform/context.ts";
import { openKept } from "../../../platform/data-keys/ring.ts";
import { inScope, type Trx } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { smsNotSent, smsTooMany } from "../problems.ts";
import { claimCodeTry, lockSentAt, storeCode, useCode } from "./sms-store.ts";

/** Time for a message to come and be typed. */
export const CODE_MINUTES = 5;
const TRIES = 5;
const APART_MS = 60_000;
const HOUR_MS = 3_600_000;
const IN_AN_HOUR = 5;

/** Hands a code to the county's way of sending text messages. Rejects when it was not taken. */
export type SendCode = (message: {
  to: string;
  countyName: string;
  code: string;
  minutes: number;
  language: MessageLanguage;
}) => Promise<void>;

/** What a sealed number belongs to. */
export const phoneOwner = (countyCode: string, accountId: string): string =>
  `sms factor\0${countyCode}\0${accountId}`;

/** The number of a row. */
export const openPhone = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
  ciphertext: Uint8Array,
): string => openKept(dataKey, phoneOwner(countyCode, accountId), ciphertext);

/** As its owner knows it again: `138****11`. */
export const maskedPhone = maskedAddress;

/** Seconds until the next message may go out: one a minute, five an hour; 0: now. */
export const waitBeforeNext = (sentAt: readonly Date[], now: Date): number => {
  const ages = sentAt.map((at) => now.getTime() - at.getTime()).filter((age) => age < HOUR_MS);
  const sinceLast = Math.min(...ages, HOUR_MS);
  const apart = sinceLast < APART_MS ? APART_MS - sinceLast : 0;
  const full = ages.length >= IN_AN_HOUR ? HOUR_MS - Math.max(...ages) : 0;
  return Math.ceil(Math.max(apart, full) / 1000);
};

const keys = new WeakMap<Uint8Array, Buffer>();
const keyFrom = (dataKey: Uint8Array): Buffer => {
  const known = keys.get(dataKey);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync("sha256", dataKey, "", "onegrid sms code", 32));
  keys.set(dataKey, key);
  return key;
};

/** For whom a code is, at which number, and for what: one for another of them opens nothing. */
export type CodeFor = { accountId: string; phone: string; purpose: "set_up" | "sign_in" };

const hashOf = (
  dataKey: Uint8Array,
  countyCode: string,
  { accountId, phone, purpose }: CodeFor,
  code: string,
): Buffer =>
  createHmac("sha256", keyFrom(dataKey))
    .update([countyCode, accountId, phone, purpose, code].join("\0"))
    .digest();

/**
 * Makes a code, which voids the one before, and sends it once that is committed. The message counts
 * before it goes out, also when the gateway fails. Throws `identity.sms_too_many`, `.sms_not_sent`.
 */
export const issueCode = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  codeFor: CodeFor,
  { send, language, note }: { send: SendCode; language: MessageLanguage; note(trx: Trx): unknown },
): Promise<void> => {
  const { countyCode, name } = ctx.county;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const now = ctx.clock.now();
    const sentAt = await lockSentAt(trx, countyCode, codeFor.accountId, now);
    const wait = waitBeforeNext(sentAt, now);
    if (wait > 0) throw new ProblemError(smsTooMany(wait));
    await storeCode(trx, countyCode, codeFor.accountId, {
      hash: hashOf(dataKey, countyCode, codeFor, code),
      expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000),
      tries: TRIES,
      sentAt: [...sentAt.filter((at) => now.getTime() - at.getTime() < HOUR_MS), now],
    });
    await note(trx);
  });
  try {
    await send({ to: codeFor.phone, countyName: name, code, minutes: CODE_MINUTES, language });
  } catch {
    // What a gateway says may hold the number; it goes nowhere.
    throw new ProblemError(smsNotSent);
  }
};

/** Counts a try at the code under way, for good; the hash that `isUsed` compares, or null. */
export const claimTryAtCode = (ctx: Ctx, accountId: string): Promise<Buffer | null> =>
  inScope(ctx.db, scopeOf(ctx), (trx) =>
    claimCodeTry(trx, ctx.county.countyCode, accountId, ctx.clock.now()),
  );

/** Whether a typed code is the claimed one; it opens nothing any more once its transaction is done. */
export const isUsed = async (
  ctx: Ctx,
  trx: Trx,
  dataKey: Uint8Array,
  codeFor: CodeFor,
  { claimed, code }: { claimed: Buffer | null; code: string },
): Promise<boolean> => {
  const { countyCode } = ctx.county;
  if (claimed === null) return false;
  const isRight = timingSafeEqual(claimed, hashOf(dataKey, countyCode, codeFor, code.trim()));
  return isRight && useCode(trx, countyCode, codeFor.accountId, claimed);
};
