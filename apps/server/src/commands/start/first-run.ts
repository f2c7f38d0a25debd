import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Installation } from "../../platform/installation.ts";
import { withClient } from "../../platform/roles.ts";

/** An account of the sample county; `password` is random and shown this once. */
export interface FirstAccount {
  login: string;
  password: string;
  role: string;
  name: string;
}

/** What demo/ offers: fills an empty database and says who may sign in. */
export type LoadDemoCounty = (
  installation: Installation,
  say: (line: string) => void,
) => Promise<FirstAccount[]>;

interface DemoModule {
  loadDemoCounty: LoadDemoCounty;
}

function isDemoModule(value: unknown): value is DemoModule {
  return (
    typeof value === "object" &&
    value !== null &&
    "loadDemoCounty" in value &&
    typeof value.loadDemoCounty === "function"
  );
}

async function hasCounty(ownerUrl: string): Promise<boolean> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ found: boolean }>("SELECT EXISTS (SELECT FROM county) AS found"),
  );
  return rows[0]?.found === true;
}

/**
 * Loads the sample county when the database holds no county yet, and returns its accounts with
 * their passwords; otherwise changes nothing and returns none.
 */
export async function ensureCounty(
  installation: Installation,
  say: (line: string) => void,
): Promise<FirstAccount[]> {
  if (await hasCounty(installation.ownerUrl)) return [];
  const file = join(import.meta.dirname, "..", "..", "demo", "index.ts");
  if (!existsSync(file)) {
    say("this copy has no sample county (apps/server/src/demo); the database stays empty");
    return [];
  }
  say("first run: loading the sample county");
  const demo: unknown = await import(pathToFileURL(file).href);
  if (!isDemoModule(demo)) throw new TypeError(`${file} does not export loadDemoCounty`);
  return demo.loadDemoCounty(installation, say);
}
