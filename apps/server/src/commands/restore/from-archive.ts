import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readHead, setAnchorsAside } from "../../modules/audit/index.ts";
import { readCounties } from "../../modules/county/index.ts";
import { archivePaths } from "../../platform/archive/archive-folder.ts";
import { copyTree } from "../../platform/archive/copy-tree.ts";
import { chooseBase, recoverDatabase } from "../../platform/archive/recover.ts";
import { everywhere } from "../../platform/context.ts";
import { inScope, openDatabase } from "../../platform/database.ts";
import {
  openInstallation,
  type Installation,
  type Whereabouts,
} from "../../platform/installation.ts";
import { OperatorError } from "../../platform/operator-error.ts";
import { withClient } from "../../platform/roles.ts";
import { finishUpgrade } from "../finish-upgrade.ts";
import { proveKey } from "../keys/prove-key.ts";
import { recordEverywhere } from "../record-everywhere.ts";

/** Photos are named by their content and never change: all of them are right at any moment. */
const placeFiles = async (archive: string, filesDir: string): Promise<void> => {
  const { files, removed } = archivePaths(archive);
  for (const day of readdirSync(removed)) await copyTree(join(removed, day), filesDir);
  await copyTree(files, filesDir);
};

/** The archive keeps every installation's key that was in use; the newest that opens is the one. */
const openWithItsKey = async (
  archive: string,
  where: Whereabouts,
  say: (line: string) => void,
): Promise<Installation> => {
  const { secrets } = archivePaths(archive);
  const candidates = readdirSync(secrets)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(secrets, name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const file of candidates) {
    copyFileSync(file, join(where.dataDir, "secrets.json"));
    const installation = await openInstallation(where, "serve", say);
    try {
      await withClient(installation.ownerUrl, (client) => proveKey(client, installation.dataKey));
      return installation;
    } catch {
      await installation.close();
    }
  }
  throw new OperatorError(
    "archive.no_key",
    `No key in ${secrets} opens what the database keeps sealed.`,
    "Put the secrets.json of that time there and restore again.",
  );
};

/** What a recovered installation must not take over from its past. */
const settle = async (
  installation: Installation,
  detail: Record<string, string>,
): Promise<void> => {
  const { appUrl, ownerUrl, filesDir } = installation;
  // Whoever was signed out since would be signed in again.
  await withClient(ownerUrl, (client) => client.query("DELETE FROM session"));
  const { db, close } = openDatabase({ url: appUrl, maxConnections: 1 });
  try {
    for (const { countyCode } of await readCounties(db)) {
      const head = await inScope(db, everywhere(countyCode), (trx) => readHead(trx, countyCode));
      await setAnchorsAside(filesDir, countyCode, BigInt(head?.seq ?? 0), new Date());
    }
  } finally {
    await close();
  }
  await recordEverywhere(installation, "installation.restore", detail);
};

/**
 * Makes the installation of `where` from an archive as it was at `at`, or as it was last. All or
 * nothing; the data directory must be empty. Throws `archive.*`, `backup.target_not_empty`.
 */
export const restoreFromArchive = async (
  archive: string,
  where: Whereabouts,
  at: Date | null,
  say: (line: string) => void,
): Promise<void> => {
  const { dataDir, databaseUrl } = where;
  if (databaseUrl !== undefined) {
    throw new OperatorError(
      "archive.not_embedded",
      "An archive becomes an embedded database, in a data directory of its own.",
      "Leave --database-url out. ./onegrid backup and restore move it to a server afterwards.",
    );
  }
  if (existsSync(join(dataDir, "secrets.json"))) {
    throw new OperatorError(
      "backup.target_not_empty",
      `${dataDir} belongs to an installation already (it has a secrets.json).`,
      "Give an empty data directory: --data DIR",
    );
  }
  const base = chooseBase(archive, at);
  await recoverDatabase(archive, base, { dataDir, at, say });
  try {
    say("copying files");
    await placeFiles(archive, join(dataDir, "files"));
    const installation = await openWithItsKey(archive, where, say);
    try {
      await finishUpgrade(installation.ownerUrl, say);
      await settle(installation, { at: at?.toISOString() ?? "end", base: base.finishedAt });
    } finally {
      await installation.close();
    }
  } catch (error) {
    // The folder itself may be a link to where the database's account has a way in.
    for (const name of ["secrets.json", "files", join("database", "cluster")]) {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    }
    throw error;
  }
};
