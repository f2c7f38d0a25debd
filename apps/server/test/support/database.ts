import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { OWNER_ROLE, withClient } from "../../src/platform/roles.ts";
import { TEMPLATE } from "./template.ts";

/** A database of one test file. `close` drops it, even if a test left a connection open. */
export interface TestDatabase {
  name: string;
  /** Migrates and owns the tables; row-level security does not bind it. */
  ownerUrl: string;
  /** What the application signs in with; row-level security binds it. */
  appUrl: string;
  close(): Promise<void>;
}

/**
 * A prepared database shared by several test files, for data that is slow to make (a whole county).
 * `name` says what it holds, in lower-case words; `build` fills it once a run.
 */
export interface SeededTemplate {
  name: string;
  build(database: Pick<TestDatabase, "ownerUrl" | "appUrl">): Promise<void>;
}

function at(url: string, name: string): string {
  return url.replace(/\/[^/]*$/, `/${name}`);
}

function urlsOf(name: string): Pick<TestDatabase, "ownerUrl" | "appUrl"> {
  const server = inject("testServer");
  return { ownerUrl: at(server.ownerUrl, name), appUrl: at(server.appUrl, name) };
}

/** Copies a database; its grants inside come along, the right to connect is public by default. */
async function clone(name: string, template: string): Promise<void> {
  await withClient(inject("testServer").superuserUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER_ROLE}`);
  });
}

async function drop(name: string): Promise<void> {
  await withClient(inject("testServer").superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
}

/** Builds the seeded template unless this run has it; test files in parallel wait for the first. */
async function ensureTemplate(seed: SeededTemplate): Promise<string> {
  const name = `${TEMPLATE}_${seed.name}`;
  await withClient(inject("testServer").superuserUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [name]);
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 1) return;
    const draft = `${name}_draft`;
    await drop(draft);
    await clone(draft, TEMPLATE);
    await seed.build(urlsOf(draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

/**
 * A fresh, migrated, empty database for one test file (or, with `seed`, a copy of a prepared one):
 *
 *     let database: TestDatabase;
 *     beforeAll(async () => { database = await testDatabase(); });
 *     afterAll(() => database.close());
 */
export async function testDatabase(seed?: SeededTemplate): Promise<TestDatabase> {
  const template = seed ? await ensureTemplate(seed) : TEMPLATE;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await clone(name, template);
  return { name, ...urlsOf(name), close: () => drop(name) };
}

/** A database without OneGrid's schema, for tests of the migration runner itself. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await clone(name, "template0");
  return { name, ...urlsOf(name), close: () => drop(name) };
}
