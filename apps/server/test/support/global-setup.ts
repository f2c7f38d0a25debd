import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { lockFolder } from "../../src/platform/embedded/lock.ts";
import { newPassword } from "../../src/platform/embedded/remembered.ts";
import { openEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";
import { migrate } from "../../src/platform/migrate.ts";
import { ensureAppRole, OWNER_ROLE, withClient } from "../../src/platform/roles.ts";
import { TEMPLATE } from "./template.ts";

const PREFIX = "onegrid-test-";

/** Removes the folders of runs that were killed; a living run holds its folder's lock. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      lockFolder(join(folder, "database")).release();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // In use, another user's, or just being made: not ours to remove.
    }
  }
}

/** Starts one throw-away PostgreSQL for the suite and migrates the template database once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  // mkdtemp closes the folder to all but us; the database account must pass through it.
  chmodSync(dir, 0o755);
  const database = await openEmbeddedPostgres({ dir, durability: "test" });
  const appPassword = newPassword();
  await ensureAppRole(database.ownerUrl, appPassword);
  await withClient(database.superuserUrl, async (client) => {
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER ${OWNER_ROLE}`);
  });
  const at = (url: string, name: string) => url.replace(/\/[^/]*$/, `/${name}`);
  const ownerUrl = at(database.ownerUrl, TEMPLATE);
  await migrate({ ownerUrl });
  const appUrl = await ensureAppRole(ownerUrl, appPassword);
  project.provide("testServer", { superuserUrl: database.superuserUrl, ownerUrl, appUrl });
  return async () => {
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
