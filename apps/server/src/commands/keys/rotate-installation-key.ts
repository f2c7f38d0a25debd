import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { markOf, secretOwner } from "../../modules/posts/index.ts";
import { contactOwner } from "../../modules/cases/index.ts";
import { wrapAgain, type WrappedKey } from "../../platform/data-keys/keep-ring.ts";
import { openKept } from "../../platform/data-keys/ring.ts";
import { OperatorError } from "../../platform/operator-error.ts";
import { proveKey } from "./prove-key.ts";

const LOOKS = 10;
const LOOK_MS = 50;

/** 32 random bytes, or what a file holds in base64. Throws `keys.bad_key_file`. */
export const newInstallationKey = (file: string | undefined): Uint8Array => {
  if (file === undefined) return randomBytes(32);
  const text = readFileSync(file, "utf8").trim();
  const key = Buffer.from(text, "base64");
  if (key.length === 32 && key.toString("base64") === text) return key;
  throw new OperatorError(
    "keys.bad_key_file",
    `${file} does not hold a key.`,
    "32 bytes in base64, e.g. from `openssl rand -base64 32`.",
  );
};

/** A process that goes on with the old key would seal nothing that can be opened. */
export const refuseBesideServers = async (client: pg.Client): Promise<void> => {
  let others = 0;
  // A connection that was just closed is listed for a moment more.
  for (let tries = 0; tries < LOOKS; tries += 1) {
    const { rows } = await client.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'onegrid'`,
    );
    others = rows[0]?.others ?? 0;
    if (others === 0) return;
    await pause(LOOK_MS);
  }
  throw new OperatorError(
    "keys.servers_running",
    `Servers or workers are connected to the database (${others} connections).`,
    "Stop them all: the installation's own key is changed while nobody uses it.",
  );
};

/** People are told apart by a mark of their ID number that only the installation's key makes. */
const markAgain = async (client: pg.Client, from: Uint8Array, to: Uint8Array): Promise<void> => {
  const { rows } = await client.query<{ county: string; id: string; sealed: Buffer }>(
    `SELECT county_code AS county, person_id AS id, id_number_sealed AS sealed
       FROM person_secret WHERE id_number_sealed IS NOT NULL`,
  );
  const marks = rows.map(({ county, id, sealed }) =>
    markOf(to, county, openKept(from, contactOwner(county, secretOwner(id, "id_number")), sealed)),
  );
  await client.query(
    `UPDATE person_secret p SET id_number_mark = n.mark
       FROM unnest($1::text[], $2::uuid[], $3::bytea[]) AS n (county, id, mark)
      WHERE p.county_code = n.county AND p.person_id = n.id`,
    [rows.map(({ county }) => county), rows.map(({ id }) => id), marks],
  );
};

/**
 * Seals every data key with another key of the installation, in one transaction. `client` connects
 * as the owner; nothing may be sealed with `from` itself any more, so the data keys are rotated
 * before. Answers how many keys there are; throws, having changed nothing, when `from` opens none.
 */
export const rotateInstallationKey = async (
  client: pg.Client,
  from: Uint8Array,
  to: Uint8Array,
): Promise<number> => {
  await proveKey(client, from);
  await client.query("BEGIN");
  try {
    await client.query("LOCK TABLE data_key, person_secret IN EXCLUSIVE MODE");
    const { rows } = await client.query<WrappedKey>(
      `SELECT key_id AS "keyId", suite, wrapped FROM data_key`,
    );
    for (const row of rows) {
      const wrapped = wrapAgain(row, from, to);
      await client.query("UPDATE data_key SET wrapped = $2 WHERE key_id = $1", [
        row.keyId,
        wrapped,
      ]);
    }
    await markAgain(client, from, to);
    await client.query("COMMIT");
    return rows.length;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
};
