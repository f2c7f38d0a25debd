import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Config } from "../../../platform/config.ts";
import { seal, unseal } from "../../../platform/seal.ts";
import type { StoredPasskey } from "./factor-store.ts";

/** Time to find the key and touch it. */
const CHALLENGE_MS = 3 * 60_000;

const Sealed = z.object({ challenge: z.string(), untilMs: z.number() });

/** Where a passkey belongs: the page's host and origin. Behind TLS only https counts. */
export type Place = { rpId: string; origin: string };

export const placeOf = (
  { secureCookies }: Pick<Config, "secureCookies">,
  request: FastifyRequest,
): Place => ({
  rpId: request.hostname,
  origin: `${secureCookies ? "https" : request.protocol}://${request.host}`,
});

/** A challenge as the browser carries it: sealed for one purpose, good for three minutes. */
const sealChallenge = (dataKey: Uint8Array, purpose: string, challenge: string, now: Date) =>
  seal(
    dataKey,
    `passkey\0${purpose}`,
    JSON.stringify({ challenge, untilMs: now.getTime() + CHALLENGE_MS }),
  ).toString("base64url");

/**
 * Challenges that were answered, until they are too old anyway: each is good once. A process keeps
 * its own; another process refuses a repeated answer by the passkey's counter where it has one.
 */
export class UsedChallenges {
  readonly #untilMs = new Map<string, number>();

  /** True the first time within a challenge's life. */
  take(challenge: string, nowMs: number): boolean {
    for (const [old, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) break;
      this.#untilMs.delete(old);
    }
    if (this.#untilMs.has(challenge)) return false;
    this.#untilMs.set(challenge, nowMs + CHALLENGE_MS);
    return true;
  }
}

const openChallenge = (
  dataKey: Uint8Array,
  purpose: string,
  sealed: string,
  used: UsedChallenges,
  now: Date,
): string | null => {
  try {
    const text = unseal(dataKey, `passkey\0${purpose}`, Buffer.from(sealed, "base64url"));
    const { challenge, untilMs } = Sealed.parse(JSON.parse(text));
    return untilMs > now.getTime() && used.take(challenge, now.getTime()) ? challenge : null;
  } catch {
    return null;
  }
};

export type Offer = { challenge: string; options: Record<string, unknown> };

/** What a browser needs to make a passkey for an account; those it has are left out. */
export const offerRegistration = async (
  dataKey: Uint8Array,
  place: Place,
  county: { countyCode: string; name: string },
  owner: { accountId: string; login: string; name: string },
  known: readonly StoredPasskey[],
  now: Date,
): Promise<Offer> => {
  const options = await generateRegistrationOptions({
    rpName: `OneGrid ${county.name}`,
    rpID: place.rpId,
    userID: new TextEncoder().encode(owner.accountId),
    userName: owner.login,
    userDisplayName: owner.name,
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    // A passkey is two factors only if the device asks who holds it.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const purpose = `register\0${county.countyCode}\0${owner.accountId}`;
  return {
    challenge: sealChallenge(dataKey, purpose, options.challenge, now),
    options: { ...options },
  };
};

/** The passkey that a browser made, or null when it is not what was asked for. */
export const registered = async (
  dataKey: Uint8Array,
  place: Place,
  countyCode: string,
  accountId: string,
  answer: { challenge: string; response: Record<string, unknown> },
  used: UsedChallenges,
  now: Date,
): Promise<{ credentialId: string; publicKey: Uint8Array; useCount: number } | null> => {
  const purpose = `register\0${countyCode}\0${accountId}`;
  const challenge = openChallenge(dataKey, purpose, answer.challenge, used, now);
  if (challenge === null) return null;
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      // The library checks every part of it and throws at what does not fit.
      response: answer.response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
    });
    if (registrationInfo === undefined) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey, useCount: counter };
  } catch {
    return null;
  }
};

/** What a browser needs to sign in with any passkey it has for this place. */
export const offerAuthentication = async (
  dataKey: Uint8Array,
  place: Place,
  countyCode: string,
  now: Date,
): Promise<Offer> => {
  const options = await generateAuthenticationOptions({
    rpID: place.rpId,
    userVerification: "required",
  });
  const challenge = sealChallenge(dataKey, `sign in\0${countyCode}`, options.challenge, now);
  return { challenge, options: { ...options } };
};

/** The new count of a passkey that signed the challenge rightly, or null. */
export const authenticated = async (
  dataKey: Uint8Array,
  place: Place,
  countyCode: string,
  passkey: StoredPasskey,
  answer: { challenge: string; response: Record<string, unknown> },
  used: UsedChallenges,
  now: Date,
): Promise<number | null> => {
  const purpose = `sign in\0${countyCode}`;
  const challenge = openChallenge(dataKey, purpose, answer.challenge, used, now);
  if (challenge === null) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer.response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.useCount,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
};
