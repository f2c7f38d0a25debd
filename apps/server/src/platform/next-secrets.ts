import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { readRing } from "./data-keys/keep-ring.ts";
import { OperatorError } from "./operator-error.ts";
import { readSecrets, SECRETS, secretsText, type Secrets } from "./secrets.ts";

const NEXT = "secrets.next.json";

const flush = (path: string): void => {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
};

/**
 * Lays the installation's next key beside the present one, on the disk before the database may
 * learn of it: from then on one of the two opens the data keys, whenever the change is cut off.
 */
export const stageSecrets = (dataDir: string, next: Secrets): void => {
  const file = join(dataDir, NEXT);
  writeFileSync(`${file}.new`, secretsText(next), { mode: 0o600 });
  flush(`${file}.new`);
  renameSync(`${file}.new`, file);
  flush(dataDir);
};

/** Held while a key is being changed; who opens the installation meanwhile waits. */
export const lockSecrets = (client: pg.Client): Promise<unknown> =>
  client.query("SELECT pg_advisory_lock(hashtext('onegrid installation key'))");

const opens = (client: pg.Client, { dataKey }: Secrets): Promise<boolean> =>
  readRing(client, dataKey).then(
    () => true,
    () => false,
  );

/** True when a change of the installation's key was begun and not ended. */
export const areSecretsStaged = (dataDir: string): boolean => existsSync(join(dataDir, NEXT));

/**
 * Ends a change of the installation's key: the database alone says whether it happened. The caller
 * holds the lock. Throws `installation.secrets_damaged` when neither the present key nor the next
 * opens the data keys.
 */
export const settleSecrets = async (
  dataDir: string,
  filesDir: string,
  client: pg.Client,
): Promise<void> => {
  if (!areSecretsStaged(dataDir)) return;
  const staged = join(dataDir, NEXT);
  if (await opens(client, readSecrets(dataDir, false))) {
    rmSync(staged);
    return;
  }
  if (!(await opens(client, readSecrets(dataDir, false, NEXT)))) {
    throw new OperatorError(
      "installation.secrets_damaged",
      `Neither ${SECRETS} nor ${NEXT} in ${dataDir} opens the data keys.`,
      "Restore them from a backup; they belong to this database and no other.",
    );
  }
  // Tables that wait to be confirmed are sealed with the key that goes; they are brought in again.
  rmSync(join(filesDir, "imports"), { recursive: true, force: true });
  renameSync(staged, join(dataDir, SECRETS));
  flush(dataDir);
};
