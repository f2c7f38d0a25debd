import { generateSecret, generateURI, verify } from "otplib";
import { openKept } from "../../../platform/data-keys/ring.ts";

/** One step of 30 seconds before and after: clocks of phones go wrong, people type slowly. */
const TOLERANCE_SECONDS = 30;
const CODE = /^\d{6}$/;

/** What a sealed secret belongs to. */
export const totpOwner = (countyCode: string, accountId: string): string =>
  `totp\0${countyCode}\0${accountId}`;

/** A new secret (160 bits, base32) and the address that an authenticator app reads as a QR code. */
export const newTotp = (countyName: string, login: string): { secret: string; uri: string } => {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: `OneGrid ${countyName}`, label: login, secret }) };
};

/**
 * The step (RFC 6238: seconds since 1970 over 30) that a code belongs to, when it is right and
 * later than `afterStep`; else null.
 */
export const stepOfCode = async (
  secret: string,
  code: string,
  now: Date,
  afterStep?: number,
): Promise<number | null> => {
  if (!CODE.test(code)) return null;
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: TOLERANCE_SECONDS,
    ...(afterStep !== undefined && { afterTimeStep: afterStep }),
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
};

/** The secret of a row. */
export const openTotp = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
  ciphertext: Uint8Array,
): string => openKept(dataKey, totpOwner(countyCode, accountId), ciphertext);
