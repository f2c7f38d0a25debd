import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { newDataKey, REFRESH_MS } from "../../platform/data-keys/keep-ring.ts";
import type { DataKey } from "../../platform/data-keys/ring.ts";
import type { Suite } from "../../platform/data-keys/suites.ts";
import { sqlState } from "../../platform/roles.ts";
import { proveKey, refreshRing } from "./prove-key.ts";
import { resealBatch } from "./reseal.ts";
import { SEALED_COLUMNS } from "./sealed-columns.ts";

/** Longer than any process goes without a look for new keys, and than any of its statements. */
const WAIT_MS = 2 * REFRESH_MS + 2_000;
const BATCH_ROWS = 200;
/** Another rotation at the same time would retire this one's key. */
const LOCK = "hashtext('onegrid keys rotate')";
const FOREIGN_KEY_VIOLATION = "23503";

export type RotationStep =
  | { step: "announced" | "resumed"; keyId: string; suite: Suite }
  | { step: "current"; keyId: string }
  | { step: "resealed"; table: string; rows: number }
  | { step: "retired"; keyIds: string[] };

export type RotationOptions = {
  suite: Suite;
  /** How long running servers are waited for, twice. */
  waitMs?: number;
  batchRows?: number;
  onStep?: (step: RotationStep) => Promise<void> | void;
};

export type Rotation = { keyId: string; resealed: number; retired: number };

type State = { keyId: string; suite: Suite; isUsed: boolean };

const readState = async (client: pg.Client): Promise<State[]> => {
  const { rows } = await client.query<State>(
    `SELECT key_id AS "keyId", suite, current_since IS NOT NULL AS "isUsed" FROM data_key
      ORDER BY current_since NULLS LAST, created_at`,
  );
  return rows;
};

/** Rows that a column still has under another key than this one. */
export const countOthers = async (client: pg.Client, keyId: string): Promise<number> => {
  let others = 0;
  for (const { table, column, namedBy } of SEALED_COLUMNS) {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table}
        WHERE ${column} IS NOT NULL AND ${namedBy} IS DISTINCT FROM $1`,
      [keyId],
    );
    others += rows[0]?.n ?? 0;
  }
  return others;
};

/** The key that an earlier run did not bring to its end, or null. */
const unfinished = async (client: pg.Client): Promise<State | null> => {
  const keys = await readState(client);
  const newest = keys.at(-1);
  if (newest === undefined) return null;
  if (!newest.isUsed || keys.length > 1) return newest;
  return (await countOthers(client, newest.keyId)) > 0 ? newest : null;
};

/** Takes keys away that seal nothing any more; the database keeps one that a row still names. */
const retireOthers = async (client: pg.Client, keyId: string): Promise<string[] | null> => {
  try {
    const { rows } = await client.query<{ keyId: string }>(
      `DELETE FROM data_key WHERE key_id <> $1 RETURNING key_id AS "keyId"`,
      [keyId],
    );
    return rows.map((row) => row.keyId);
  } catch (error) {
    if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
    return null;
  }
};

/**
 * Seals everything anew with a new data key while servers run, and retires the old ones. Two waits
 * make sure that every process knows the key before anything is sealed with it, and seals with it
 * before the last look. Run again after a cut it goes on where it was; at every moment every value
 * names a key that is there. Throws, having changed nothing, when the installation's key is another.
 * `client` connects as the owner.
 */
export const rotateKeys = async (
  client: pg.Client,
  installationKey: Uint8Array,
  { suite, waitMs = WAIT_MS, batchRows = BATCH_ROWS, onStep = () => {} }: RotationOptions,
): Promise<Rotation> => {
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await proveKey(client, installationKey);
    const before = await unfinished(client);
    let key: Pick<DataKey, "keyId" | "suite">;
    if (before === null) {
      const made = newDataKey(installationKey, suite);
      key = made.key;
      await client.query(
        `INSERT INTO data_key (key_id, suite, wrapped, created_at) VALUES ($1, $2, $3, now())`,
        [key.keyId, suite, made.wrapped],
      );
    } else key = before;
    const { keyId } = key;
    await onStep({ step: before === null ? "announced" : "resumed", keyId, suite: key.suite });
    if (before?.isUsed !== true) {
      await pause(waitMs);
      await client.query(`UPDATE data_key SET current_since = now() WHERE key_id = $1`, [keyId]);
      await onStep({ step: "current", keyId });
    }
    // Also when it goes on: the cut may have come before the wait was over.
    await pause(waitMs);
    const to = (await refreshRing(client, installationKey)).keys.get(keyId);
    if (to === undefined) throw new Error(`data key ${keyId} is gone`);
    let resealed = 0;
    for (;;) {
      for (const column of SEALED_COLUMNS) {
        for (;;) {
          const rows = await resealBatch(client, installationKey, to, column, batchRows);
          if (rows === 0) break;
          resealed += rows;
          await onStep({ step: "resealed", table: column.table, rows });
        }
      }
      const retired = await retireOthers(client, keyId);
      if (retired === null) continue;
      await refreshRing(client, installationKey);
      await onStep({ step: "retired", keyIds: retired });
      return { keyId, resealed, retired: retired.length };
    }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {});
  }
};
