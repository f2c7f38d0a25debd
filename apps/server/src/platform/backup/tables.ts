import type pg from "pg";
import { z } from "zod";

/** A table as the backup keeps it. `columns` leaves out generated ones: the database makes them. */
export const backedUpTable = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
});
export type BackedUpTable = z.infer<typeof backedUpTable>;

/** A sequence with the value it stands at; null when it has never been used. */
export const backedUpSequence = z.object({
  schema: z.string(),
  name: z.string(),
  value: z.string().nullable(),
});
export type BackedUpSequence = z.infer<typeof backedUpSequence>;

/** Filled by migrating, so it is the schema's and not the data's. */
const OF_THE_SCHEMA = new Set(["public.schema_migration", "graphile_worker.migrations"]);

interface Found extends BackedUpTable {
  parents: string[];
}

const QUERY = `
  SELECT n.nspname AS schema, c.relname AS name,
         array(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
         array(SELECT format('%s.%s', pn.nspname, p.relname)
                 FROM pg_constraint k
                 JOIN pg_class p ON p.oid = k.confrelid
                 JOIN pg_namespace pn ON pn.oid = p.relnamespace
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND NOT k.condeferrable
                  AND k.confrelid <> c.oid) AS parents
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'r' AND n.nspname IN ('public', 'graphile_worker')
   ORDER BY n.nspname, c.relname`;

/** `schema.name`, quoted for SQL. */
export function quoted(client: pg.Client, of: { schema: string; name: string }): string {
  return `${client.escapeIdentifier(of.schema)}.${client.escapeIdentifier(of.name)}`;
}

/**
 * The tables that hold data, each after those it refers to, so that they can be filled in this
 * order with every foreign key in force; one that can wait for the end of the transaction does.
 * Throws on a ring of foreign keys of which none can wait.
 */
export async function tablesInOrder(client: pg.Client): Promise<BackedUpTable[]> {
  const { rows } = await client.query<Found>(QUERY);
  const waiting = new Map(rows.map((row) => [`${row.schema}.${row.name}`, row]));
  const ordered: BackedUpTable[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, row]) => !row.parents.some((name) => waiting.has(name)));
    if (ready.length === 0) {
      throw new Error(`foreign keys form a ring: ${[...waiting.keys()].join(", ")}`);
    }
    for (const [key, { schema, name, columns }] of ready) {
      waiting.delete(key);
      if (!OF_THE_SCHEMA.has(key)) ordered.push({ schema, name, columns });
    }
  }
  return ordered;
}

/** Every sequence, those of identity columns too, with where it stands. */
export async function sequences(client: pg.Client): Promise<BackedUpSequence[]> {
  const { rows } = await client.query<BackedUpSequence>(
    `SELECT schemaname AS schema, sequencename AS name, last_value::text AS value
       FROM pg_sequences WHERE schemaname IN ('public', 'graphile_worker')
      ORDER BY schemaname, sequencename`,
  );
  return rows;
}

/** Empties the tables, all at once because of their foreign keys. */
export async function emptyTables(
  client: pg.Client,
  tables: Pick<BackedUpTable, "schema" | "name">[],
): Promise<void> {
  const names = tables.map((table) => quoted(client, table)).join(", ");
  if (names !== "") await client.query(`TRUNCATE ${names}`);
}
