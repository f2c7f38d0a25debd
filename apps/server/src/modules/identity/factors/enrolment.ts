import { z } from "zod";
import { seal, unseal } from "../../../platform/seal.ts";
import { newTotp } from "./totp.ts";

/** Time to find the app, read the code and type it. */
const OFFER_MS = 10 * 60_000;

const Offer = z.object({ secret: z.string(), untilMs: z.number() });

const ownerOf = (countyCode: string, accountId: string): string =>
  `totp offer\0${countyCode}\0${accountId}`;

export type EnrolmentOffer = {
  /** Base32, to be typed where no camera is. */
  secret: string;
  /** To be shown as a QR code. */
  uri: string;
  /** Comes back with the first code: the secret, sealed for this account. Nothing is stored yet. */
  enrolment: string;
};

/** A new secret for an account, which becomes the account's when its first code is right. */
export const offerEnrolment = (
  dataKey: Uint8Array,
  county: { countyCode: string; name: string },
  accountId: string,
  login: string,
  now: Date,
): EnrolmentOffer => {
  const totp = newTotp(county.name, login);
  const offer = JSON.stringify({ secret: totp.secret, untilMs: now.getTime() + OFFER_MS });
  return {
    ...totp,
    enrolment: seal(dataKey, ownerOf(county.countyCode, accountId), offer).toString("base64url"),
  };
};

/** The secret of an offer to this account, or null when it is another's or too old. */
export const openEnrolment = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
  enrolment: string,
  now: Date,
): string | null => {
  try {
    const text = unseal(
      dataKey,
      ownerOf(countyCode, accountId),
      Buffer.from(enrolment, "base64url"),
    );
    const { secret, untilMs } = Offer.parse(JSON.parse(text));
    return untilMs > now.getTime() ? secret : null;
  } catch {
    return null;
  }
};
