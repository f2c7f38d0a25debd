import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyTables, tablesInOrder } from "../../platform/backup/tables.ts";
import type { Installation } from "../../platform/installation.ts";
import { withClient } from "../../platform/roles.ts";
import type { FirstAccount } from "./first-account.ts";

async function hasCounty(ownerUrl: string): Promise<boolean> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ found: boolean }>("SELECT EXISTS (SELECT FROM county) AS found"),
  );
  return rows[0]?.found === true;
}

/** Takes away what an interrupted loading left, so that the county is never half there. */
async function startOver(installation: Installation): Promise<void> {
  await withClient(installation.ownerUrl, async (client) => {
    await emptyTables(client, await tablesInOrder(client));
  });
}

/**
 * Loads the sample county when the database holds no county yet, and returns its accounts with
 * their passwords; otherwise changes nothing and returns none. A loading that was cut off is made
 * again from the beginning: its passwords were never shown.
 */
export async function ensureCounty(
  installation: Installation,
  say: (line: string) => void,
): Promise<FirstAccount[]> {
  const marker = join(installation.dataDir, "loading-sample-county");
  if (existsSync(marker)) {
    say("loading the sample county was cut off last time; starting it over");
    await startOver(installation);
  } else if (await hasCounty(installation.ownerUrl)) return [];
  say("first run: loading the sample county");
  writeFileSync(marker, "");
  // Only a first run needs this code.
  const { loadDemoCounty } = await import("../../demo/index.ts");
  const accounts = await loadDemoCounty(installation, say);
  rmSync(marker);
  return accounts;
}
