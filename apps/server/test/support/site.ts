import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { buildFronts, type Front, OUT } from "../../../../tools/build-fronts.ts";
import type { FirstAccount } from "../../src/commands/start/first-account.ts";
import { loadDemoCounty } from "../../src/demo/index.ts";
import { startServer } from "../../src/main.ts";
import type { Config } from "../../src/platform/config.ts";
import { withClient } from "../../src/platform/roles.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

export type SiteOptions = {
  /** Built when their sources changed, and served. */
  fronts?: readonly Front[];
  /** Differs from the usual configuration of tests in these points. */
  config?: Partial<Config>;
};

/** A real server on a port of its own over a copy of the sample county. */
export type Site = {
  /** Origin, e.g. `http://127.0.0.1:43121`. */
  address: string;
  database: TestDatabase;
  /** What the server was started with; a worker beside it takes the same. */
  config: Config;
  accounts: FirstAccount[];
  /** The first sample account of a role; throws when there is none. */
  account(role: string): FirstAccount;
  close(): Promise<void>;
};

/** Contact details in the template are encrypted with it, so every copy needs the same key. */
const DATA_KEY = Buffer.alloc(32, 7);

/** Photos that belong to the template; one folder per database server of a test run. */
function templateFiles(): string {
  return join(tmpdir(), `onegrid-browser-${new URL(inject("testServer").ownerUrl).port}`);
}

/**
 * Loads the sample county once a run. The random passwords are known only to whoever loads it, so
 * they are kept beside the data, in a schema that the product does not know.
 */
async function build(database: Pick<TestDatabase, "ownerUrl" | "appUrl">): Promise<void> {
  const dataDir = templateFiles();
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(join(dataDir, "files"), { recursive: true });
  const accounts = await loadDemoCounty(
    {
      ...database,
      dataDir,
      filesDir: join(dataDir, "files"),
      dataKey: DATA_KEY,
      archiving: null,
      databaseExited: new Promise(() => {}),
      close: async () => {},
    },
    () => {},
  );
  await withClient(database.ownerUrl, async (client) => {
    await client.query("CREATE SCHEMA test_support CREATE TABLE account (line jsonb NOT NULL)");
    await client.query("INSERT INTO test_support.account SELECT jsonb_array_elements($1::jsonb)", [
      JSON.stringify(accounts),
    ]);
  });
}

async function accountsOf(ownerUrl: string): Promise<FirstAccount[]> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ line: FirstAccount }>(
      "SELECT line FROM test_support.account",
    );
    return rows.map((row) => row.line);
  });
}

/** Starts the server over a fresh copy of the sample county, on any free port. */
export async function startSite({ fronts = [], config: own = {} }: SiteOptions): Promise<Site> {
  buildFronts(fronts);
  const database = await testDatabase({ name: "sample_county", build });
  const accounts = await accountsOf(database.ownerUrl);
  const filesDir = mkdtempSync(join(tmpdir(), "onegrid-browser-files-"));
  const shared = join(templateFiles(), "files");
  if (existsSync(shared)) cpSync(shared, filesDir, { recursive: true });
  const config: Config = {
    host: "127.0.0.1",
    port: 0,
    databaseUrl: database.appUrl,
    filesDir,
    frontsDir: fronts.length > 0 ? OUT : null,
    secureCookies: false,
    logLevel: "error",
    dataKey: DATA_KEY,
    ...own,
  };
  const server = await startServer(config);
  return {
    address: server.address,
    database,
    config,
    accounts,
    account: (role) => {
      const found = accounts.find((each) => each.role === role);
      if (found === undefined) throw new Error(`the sample county has no ${role}`);
      return found;
    },
    close: async () => {
      await server.close();
      await database.close();
      rmSync(filesDir, { recursive: true, force: true });
    },
  };
}
