import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "./support/database.ts";
import { rowTypeArguments } from "./support/row-types.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it("has row types that fit the migrations (else run `node tools/schema.ts`)", async () => {
  const run = promisify(execFile)(
    process.execPath,
    rowTypeArguments(database.ownerUrl, "--verify"),
  );
  await expect(run).resolves.toBeDefined();
});
