import type pg from "pg";
import { readRing } from "../../platform/data-keys/keep-ring.ts";
import { openKept, setRing, type Ring } from "../../platform/data-keys/ring.ts";
import { SEALED_COLUMNS } from "./sealed-columns.ts";

/** Reads the data keys and lets this process use them. Throws when the key opens none of them. */
export const refreshRing = async (
  client: pg.Client,
  installationKey: Uint8Array,
): Promise<Ring> => {
  const ring = await readRing(client, installationKey);
  setRing(installationKey, ring);
  return ring;
};

/**
 * Opens every data key and one value of each column, before anything is changed: with another
 * installation's key the new one would open nowhere else. Throws when one does not open.
 */
export const proveKey = async (client: pg.Client, installationKey: Uint8Array): Promise<void> => {
  await refreshRing(client, installationKey);
  for (const { table, column, id, owner } of SEALED_COLUMNS) {
    const { rows } = await client.query<{ county: string; id: string; sealed: Buffer }>(
      `SELECT county_code AS county, ${id}::text AS id, ${column} AS sealed FROM ${table}
        WHERE ${column} IS NOT NULL LIMIT 1`,
    );
    for (const row of rows) openKept(installationKey, owner(row.county, row.id), row.sealed);
  }
};
