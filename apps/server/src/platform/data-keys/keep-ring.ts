import { randomBytes } from "node:crypto";
import type { DataKey, Ring } from "./ring.ts";
import { setRing } from "./ring.ts";
import { SEALING, type Suite } from "./suites.ts";

/** A pool or a client of pg, as far as it is needed here. */
export type Queries = {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>;
};

/** How often a process looks whether there is a new key; a rotation waits for longer than this. */
export const REFRESH_MS = 5_000;

const boundTo = (keyId: string, suite: Suite): string => `data key\0${keyId}\0${suite}`;

/** A new data key, and the key as it is stored: sealed with the installation's. */
export const newDataKey = (
  installationKey: Uint8Array,
  suite: Suite,
): { key: DataKey; wrapped: Buffer } => {
  const key = {
    keyId: randomBytes(8).toString("hex"),
    suite,
    key: new Uint8Array(randomBytes(32)),
  };
  const text = Buffer.from(key.key).toString("base64");
  return { key, wrapped: SEALING[suite].seal(installationKey, boundTo(key.keyId, suite), text) };
};

/** A data key as it is stored. */
export type WrappedKey = { keyId: string; suite: Suite; wrapped: Buffer };

/** Opens a stored data key with one key of the installation and seals it with another. */
export const wrapAgain = (
  { keyId, suite, wrapped }: WrappedKey,
  from: Uint8Array,
  to: Uint8Array,
): Buffer => {
  const owner = boundTo(keyId, suite);
  return SEALING[suite].seal(to, owner, SEALING[suite].unseal(from, owner, wrapped));
};

/** Reads and opens every data key. Throws when the installation's key is another. */
export const readRing = async (queries: Queries, installationKey: Uint8Array): Promise<Ring> => {
  const { rows } = await queries.query<{
    keyId: string;
    suite: Suite;
    wrapped: Buffer;
    isUsed: boolean;
  }>(
    `SELECT key_id AS "keyId", suite, wrapped, current_since IS NOT NULL AS "isUsed"
       FROM data_key ORDER BY current_since NULLS LAST, key_id`,
  );
  const keys = new Map<string, DataKey>();
  let current: DataKey | null = null;
  for (const { keyId, suite, wrapped, isUsed } of rows) {
    const text = SEALING[suite].unseal(installationKey, boundTo(keyId, suite), wrapped);
    const key = { keyId, suite, key: new Uint8Array(Buffer.from(text, "base64")) };
    keys.set(keyId, key);
    if (isUsed) current = key;
  }
  return { keys, current };
};

/**
 * Keeps the ring of an installation known to this process until `close`. Where the database cannot
 * be reached at the start, nothing is sealed until it can.
 */
export const keepRing = async (
  queries: Queries,
  installationKey: Uint8Array,
  { everyMs = REFRESH_MS, onError }: { everyMs?: number; onError?: (error: unknown) => void } = {},
): Promise<{ refresh(): Promise<void>; close(): void }> => {
  let isKnown = false;
  let isClosed = false;
  const refresh = async (): Promise<void> => {
    setRing(installationKey, await readRing(queries, installationKey));
    isKnown = true;
  };
  const look = (): Promise<void> =>
    refresh().catch((error: unknown) => {
      if (!isKnown) setRing(installationKey, "unknown");
      if (!isClosed) onError?.(error);
    });
  await look();
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return {
    refresh,
    close: () => {
      isClosed = true;
      clearInterval(timer);
    },
  };
};
