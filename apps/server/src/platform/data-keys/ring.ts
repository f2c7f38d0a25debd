import { createHash } from "node:crypto";
import { ProblemError } from "../problems.ts";
import { seal, unseal } from "../seal.ts";
import { SEALING, SUITES, type Suite } from "./suites.ts";

/** A data key that is open. */
export type DataKey = { keyId: string; suite: Suite; key: Uint8Array };

/** What a process knows of the data keys of its installation. */
export type Ring = {
  keys: ReadonlyMap<string, DataKey>;
  /** Seals what comes; null before the first rotation: then the installation's own key does. */
  current: DataKey | null;
};

/** What is stored of a sealed value. */
export type SealedValue = {
  /** Names the key without telling it. */
  keyId: string;
  ciphertext: Buffer;
};

const MAGIC = Buffer.from("OneGrid", "utf8");
const ID_BYTES = 8;
const HEAD_BYTES = MAGIC.length + 1 + ID_BYTES;

/**
 * Rings by the installation's key. That key is handed through the whole program already; who holds
 * it finds the ring. `"unknown"`: the process has not been able to read the ring yet.
 */
const rings = new WeakMap<Uint8Array, Ring | "unknown">();

export const setRing = (installationKey: Uint8Array, ring: Ring | "unknown"): void => {
  rings.set(installationKey, ring);
};

const unavailable = (): ProblemError =>
  new ProblemError({
    code: "server.unavailable",
    status: 503,
    detail: "the data keys are being changed and this process does not know the newest yet",
    params: { retryAfterSeconds: 10 },
  });

/** Name of the installation's key, for what it sealed itself. */
const nameOf = (key: Uint8Array): string =>
  createHash("sha256").update("onegrid contact key\0").update(key).digest("hex").slice(0, 16);

/** The data key that a sealed value names; null when the installation's own key made it. */
export const dataKeyIdOf = (sealed: Uint8Array): string | null => {
  const head = Buffer.from(sealed.subarray(0, HEAD_BYTES));
  const suite = head[MAGIC.length] ?? 0;
  const isNamed =
    head.length === HEAD_BYTES &&
    head.subarray(0, MAGIC.length).equals(MAGIC) &&
    suite >= 1 &&
    suite <= SUITES.length;
  return isNamed ? head.subarray(MAGIC.length + 1).toString("hex") : null;
};

/** Seals with one data key: `OneGrid`, number of the suite, id of the key, what the suite made. */
export const sealWithDataKey = (of: DataKey, boundTo: string, text: string): Buffer =>
  Buffer.concat([
    MAGIC,
    Buffer.from([SUITES.indexOf(of.suite) + 1]),
    Buffer.from(of.keyId, "hex"),
    SEALING[of.suite].seal(of.key, boundTo, text),
  ]);

/**
 * Seals what is to be kept, with the current data key. `boundTo` says what it belongs to and must
 * be the same when it is opened: copied to another row it does not open.
 */
export const sealToKeep = (
  installationKey: Uint8Array,
  boundTo: string,
  text: string,
): SealedValue => {
  const ring = rings.get(installationKey);
  if (ring === "unknown") throw unavailable();
  const current = ring?.current ?? null;
  return current === null
    ? { keyId: nameOf(installationKey), ciphertext: seal(installationKey, boundTo, text) }
    : { keyId: current.keyId, ciphertext: sealWithDataKey(current, boundTo, text) };
};

/**
 * Opens what was kept, whichever key sealed it; throws when the owner is another or a bit was
 * changed, `server.unavailable` when this process does not know the key yet.
 */
export const openKept = (
  installationKey: Uint8Array,
  boundTo: string,
  sealed: Uint8Array,
): string => {
  const keyId = dataKeyIdOf(sealed);
  if (keyId === null) return unseal(installationKey, boundTo, sealed);
  const ring = rings.get(installationKey);
  const known = ring === undefined || ring === "unknown" ? undefined : ring.keys.get(keyId);
  if (known === undefined) throw unavailable();
  return SEALING[known.suite].unseal(known.key, boundTo, sealed.subarray(HEAD_BYTES));
};
