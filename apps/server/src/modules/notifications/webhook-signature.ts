import { createHmac, timingSafeEqual } from "node:crypto";

/** A receiver refuses what is older: a call caught on the way cannot be played again later. */
export const SIGNATURE_AGE_SECONDS = 300;

const macOf = (secret: string, seconds: number, body: string): string =>
  createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");

/** Value of the header `onegrid-signature`: `t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.BODY`. */
export const signWebhook = (secret: string, at: Date, body: string): string => {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${macOf(secret, seconds, body)}`;
};

/** What a receiver does: whether header and body were written with the secret, and lately. */
export const isWebhookSigned = (
  secret: string,
  header: string,
  body: string,
  now: Date,
): boolean => {
  const [, seconds, mac] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || mac === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > SIGNATURE_AGE_SECONDS) return false;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, Number(seconds), body)));
};
