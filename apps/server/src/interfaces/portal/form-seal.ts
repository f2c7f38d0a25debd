import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";

/** A person needs longer to read and fill the form; a program does not. */
const QUICKEST_MS = 3_000;
/** A form left open longer gets a fresh id; what was typed stays. */
const LONGEST_MS = 24 * 60 * 60_000;

const SEAL_BYTES = 16;

/** A form's id and the proof that this server gave it out. */
export type SealedId = { caseId: string; seal: string };

export type FormAge = "good" | "too_fast" | "stale" | "forged";

export type FormSeals = {
  /** A fresh id for a form that is shown now. */
  seal(now: Date): SealedId;
  /** How a form that came back stands. The time is inside the id (UUIDv7), under the seal. */
  check(form: SealedId, now: Date): FormAge;
};

const shownAtMs = (uuid7: string): number =>
  Number.parseInt(uuid7.replaceAll("-", "").slice(0, 12), 16);

/**
 * Seals the ids of forms, so that the server needs to remember none. It keeps programs that never
 * fetched the form, or send faster than anybody reads, from reporting; no picture puzzle is asked.
 */
export const formSeals = (dataKey: Uint8Array): FormSeals => {
  const key = Buffer.from(hkdfSync("sha256", dataKey, "", "onegrid portal form", 32));
  const sealOf = (caseId: string) =>
    createHmac("sha256", key).update(caseId).digest().subarray(0, SEAL_BYTES);
  return {
    seal: (now) => {
      const caseId = uuidv7({ msecs: now.getTime() });
      return { caseId, seal: sealOf(caseId).toString("base64url") };
    },
    check: ({ caseId, seal }, now) => {
      const given = Buffer.from(seal, "base64url");
      if (!z.uuidv7().safeParse(caseId).success) return "forged";
      if (given.length !== SEAL_BYTES || !timingSafeEqual(given, sealOf(caseId))) return "forged";
      const ageMs = now.getTime() - shownAtMs(caseId);
      if (ageMs < QUICKEST_MS) return "too_fast";
      return ageMs > LONGEST_MS ? "stale" : "good";
    },
  };
};
