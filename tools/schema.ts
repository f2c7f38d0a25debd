/**
 * Writes apps/server/src/platform/schema.gen.ts (row types) from a freshly migrated database.
 * apps/server/test/row-types.module.test.ts fails while file and migrations differ.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPassword } from "../apps/server/src/platform/embedded/remembered.ts";
import { openEmbeddedPostgres } from "../apps/server/src/platform/embedded-postgres.ts";
import { migrate } from "../apps/server/src/platform/migrate.ts";
import { ensureAppRole } from "../apps/server/src/platform/roles.ts";
import { rowTypeArguments } from "../apps/server/test/support/row-types.ts";

const dir = mkdtempSync(join(tmpdir(), "onegrid-schema-"));
chmodSync(dir, 0o755);
const database = await openEmbeddedPostgres({ dir, durability: "test" });
try {
  await ensureAppRole(database.ownerUrl, newPassword());
  await migrate({ ownerUrl: database.ownerUrl });
  execFileSync(process.execPath, rowTypeArguments(database.ownerUrl), { stdio: "inherit" });
} finally {
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}
