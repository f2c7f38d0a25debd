import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONSENT_VERSION } from "@onegrid/contract";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { SEALED_COLUMNS } from "../../commands/keys/sealed-columns.ts";
import { inventoryPage, inventoryRows } from "./index.ts";
import { NOT_PERSONAL } from "./not-personal.ts";
import { PERSONAL_FIELDS } from "./personal-fields.ts";

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

/** What could hold words, bytes or an address; keys and closed lists of words cannot. */
const OPEN_COLUMNS = `
  SELECT c.relname || '.' || a.attname AS name
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
   WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     AND c.relname <> 'schema_migration' AND a.attnum > 0 AND NOT a.attisdropped
     AND a.attgenerated = ''
     AND a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'varchar'::regtype, 'bytea'::regtype,
       'json'::regtype, 'jsonb'::regtype, 'inet'::regtype)
     AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid
       AND k.contype IN ('p', 'f') AND a.attnum = ANY (k.conkey))
     AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'
       AND k.conkey = ARRAY[a.attnum] AND pg_get_constraintdef(k.oid) ~ 'ANY \\(\\(?ARRAY|<@ ARRAY')`;

const personal = PERSONAL_FIELDS.flatMap(({ table, columns }) =>
  columns.map((column) => `${table}.${column}`),
);
const others = Object.entries(NOT_PERSONAL).flatMap(([table, columns]) =>
  columns.map((column) => `${table}.${column}`),
);

it("decides about every column that could hold something about a person, once", async () => {
  const { rows } = await owner.query<{ name: string }>(OPEN_COLUMNS);
  const known = [...personal, ...others];
  expect(new Set(known).size).toBe(known.length);
  const open = rows.map(({ name }) => name);
  expect({ undecided: open.filter((name) => !known.includes(name)) }).toEqual({ undecided: [] });
  expect({ gone: known.filter((name) => !open.includes(name)) }).toEqual({ gone: [] });
});

it("has everything that is sealed for a person's sake in the inventory", () => {
  const sealed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  const ofMachines = ["webhook.secret"];
  for (const name of sealed.filter((one) => !ofMachines.includes(one))) {
    expect(personal).toContain(name);
  }
});

it("is told whole: each field with purpose, basis, term and who sees it, as in the docs", () => {
  for (const row of inventoryRows()) expect(row.every((cell) => cell.length > 2)).toBe(true);
  const page = join(import.meta.dirname, "../../../../../docs/personal-data.md");
  expect(readFileSync(page, "utf8")).toBe(inventoryPage());
});

it("records with a contact the text that is shown now", async () => {
  const { rows } = await owner.query(
    `SELECT pg_get_expr(d.adbin, d.adrelid) AS text FROM pg_attrdef d
       JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE d.adrelid = 'reporter_contact'::regclass AND a.attname = 'consent_version'`,
  );
  expect(rows[0].text).toBe(`'${CONSENT_VERSION}'::text`);
});
