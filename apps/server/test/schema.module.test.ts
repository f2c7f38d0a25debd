import * as words from "@onegrid/contract";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "./support/database.ts";

/**
 * The conventions at the head of migration 0001, checked on the migrated database, so that a
 * table that breaks one cannot land.
 */
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

const rows = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows;

/** Tables of the product; the migration runner's own bookkeeping is none of them. */
const TABLES = `SELECT c.oid, c.relname AS name, obj_description(c.oid) AS comment, c.relrowsecurity AS secured
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND c.relname <> 'schema_migration'`;

type Table = { oid: number; name: string; comment: string | null; secured: boolean };

const isReference = (table: Table) => table.comment?.startsWith("reference:") ?? false;

describe("schema", () => {
  it("puts county_code first in every key of a county-owned table", async () => {
    const tables = await rows<Table>(TABLES);
    expect(tables.length).toBeGreaterThan(10);
    const keys = await rows<{ table: string; constraint: string; first: string }>(`
      SELECT t.name AS "table", k.conname AS "constraint", a.attname AS "first"
      FROM (${TABLES}) t
      JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u')
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]`);
    const uniqueIndexes = await rows<{ table: string; constraint: string; first: string }>(`
      SELECT t.name AS "table", i.indexrelid::regclass::text AS "constraint", a.attname AS "first"
      FROM (${TABLES}) t
      JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]`);
    const owned = new Set(tables.filter((t) => !isReference(t)).map((t) => t.name));
    const wrong = [...keys, ...uniqueIndexes].filter(
      (key) => owned.has(key.table) && key.first !== "county_code",
    );
    expect(wrong).toEqual([]);
  });

  it("carries the county through every foreign key between county-owned tables", async () => {
    const wrong = await rows(`
      SELECT k.conname FROM pg_constraint k
      JOIN (${TABLES}) f ON f.oid = k.conrelid
      JOIN (${TABLES}) t ON t.oid = k.confrelid
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND a.attname <> 'county_code'
        AND coalesce(t.comment, '') NOT LIKE 'reference:%'`);
    expect(wrong).toEqual([]);
  });

  it("indexes every foreign key", async () => {
    // A version narrows what code has found by little, and would stand in the way of a list's order.
    const wrong = await rows(`
      SELECT k.conrelid::regclass::text AS "table", k.conname FROM pg_constraint k
      JOIN (${TABLES}) t ON t.oid = k.conrelid
      WHERE k.contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = k.conrelid
          AND (i.indkey::smallint[])[0:array_length(k.conkey, 1) - 1] @> (
            SELECT array_agg(a.attnum) FROM pg_attribute a WHERE a.attrelid = k.conrelid
              AND a.attnum = ANY (k.conkey) AND a.attname NOT LIKE '%version'))`);
    expect(wrong).toEqual([]);
  });

  it("secures every county-owned table by row and says which tables are reference", async () => {
    const tables = await rows<Table>(TABLES);
    const open = tables.filter((t) => !t.secured && !isReference(t)).map((t) => t.name);
    expect(open).toEqual([]);
  });

  it("owns nothing as the application role", async () => {
    const owned = await rows(
      `SELECT relname FROM pg_class WHERE relowner = 'onegrid_app'::regrole`,
    );
    expect(owned).toEqual([]);
    const [role] = await rows<{ rolsuper: boolean; rolbypassrls: boolean }>(
      `SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'onegrid_app'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  });

  it("keeps no time as text", async () => {
    const wrong = await rows(`
      SELECT table_name, column_name, data_type FROM information_schema.columns
      WHERE table_schema = 'public' AND (
        (column_name ~ '_(at|until)$' AND data_type <> 'timestamp with time zone')
        OR (column_name ~ '(^|_)(day|from|to|after)$' AND column_name !~ '^(scope|rule)' AND data_type <> 'date'))`);
    expect(wrong).toEqual([]);
  });

  it("repeats the contract's unions in its CHECKs", async () => {
    const checks = await rows<{ name: string; text: string }>(`
      SELECT k.conname AS name, pg_get_constraintdef(k.oid) AS text FROM pg_constraint k
      JOIN (${TABLES}) t ON t.oid = k.conrelid WHERE k.contype = 'c'`);
    const members = (name: string) => {
      const check = checks.find((c) => c.name === name);
      expect(check, `constraint ${name}`).toBeDefined();
      return [...(check as { text: string }).text.matchAll(/'([a-z0-9_.]+)'::text/g)].map(
        (m) => m[1],
      );
    };
    const union = (values: readonly string[]) => values.toSorted();
    for (const [name, values] of [
      ["account_role_check", words.ACCOUNT_ROLES],
      ["account_kind_check", words.ACCOUNT_KINDS],
      ["api_key_permissions_check", words.MACHINE_PERMISSIONS],
      ["cases_state_check", words.CASE_STATES],
      ["cases_tier_check", words.TIERS],
      ["cases_net_check", words.NETS],
      ["cases_source_check", words.CASE_SOURCES],
      ["cases_supervision_level_check", words.SUPERVISION_LEVELS],
      ["cases_limit_unit_check", words.LIMIT_UNITS],
      ["case_event_kind_check", words.CASE_EVENT_KINDS],
      ["case_event_actor_role_check", words.ACTOR_ROLES],
      ["case_tally_net_check", words.NETS],
      ["case_tally_tier_check", words.TIERS],
      ["category_net_check", words.NETS],
      ["category_kind_check", words.CATEGORY_KINDS],
      ["category_start_tier_check", words.TIERS],
      ["category_limit_unit_check", words.LIMIT_UNITS],
      ["department_nets_check", words.NETS],
      ["calendar_day_kind_check", words.DAY_KINDS],
      ["patrol_look_finding_check", words.PATROL_FINDINGS],
      ["substitution_kind_check", words.SUBSTITUTION_KINDS],
      ["standard_class_kind_check", words.CATEGORY_KINDS],
      ["case_follower_channel_check", words.FOLLOW_CHANNELS],
      ["case_follower_origin_check", words.FOLLOW_ORIGINS],
      ["message_delivery_purpose_check", words.MESSAGE_PURPOSES],
      ["message_delivery_state_check", words.DELIVERY_STATES],
      ["webhook_delivery_state_check", words.DELIVERY_STATES],
      ["staff_alert_kind_check", words.ALERT_KINDS],
      ["case_rating_source_check", words.RATING_SOURCES],
      ["callback_task_state_check", words.CALLBACK_STATES],
      ["callback_task_result_check", words.CALLBACK_RESULTS],
      ["estate_three_without_check", words.THREE_WITHOUT_STATES],
      ["estate_lacks_check", words.ESTATE_LACKS],
      ["organisation_fact_kind_check", words.ORGANISATION_FACT_KINDS],
      ["organisation_span_level_check", words.ORGANISATION_LEVELS],
      ["organisation_span_base_check", words.ORGANISATION_BASES],
      ["post_template_account_role_check", words.POST_ROLES],
      ["notice_kind_check", words.NOTICE_KINDS],
      ["notice_state_check", words.NOTICE_STATES],
      ["objection_state_check", words.OBJECTION_STATES],
      ["grid_change_state_check", words.GRID_CHANGE_STATES],
      ["former_post_net_check", words.NETS],
      ["reassignment_event_kind_check", words.REASSIGNMENT_EVENT_KINDS],
      ["candidacy_way_check", words.CANDIDACY_WAYS],
      ["candidacy_state_check", words.CANDIDACY_STATES],
      ["reassignment_state_check", words.REASSIGNMENT_STATES],
      ["register_import_kind_check", words.IMPORT_KINDS],
      ["register_import_state_check", words.IMPORT_STATES],
      ["register_import_faulty_rows_check", words.FAULTY_ROWS],
    ] as const) {
      expect(members(name).toSorted(), name).toEqual(union(values));
    }
  });

  it("lets the application role change no log", async () => {
    const wrong = await rows(`
      SELECT table_name, privilege_type FROM information_schema.role_table_grants
      WHERE grantee = 'onegrid_app' AND table_name IN ('case_event', 'audit_event', 'reassignment_event')
        AND privilege_type NOT IN ('SELECT', 'INSERT')`);
    expect(wrong).toEqual([]);
  });
});
