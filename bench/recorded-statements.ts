/** The statements that real use cases send, as a script that pgbench runs with ids of its own. */
import pg from "pg";
// @ts-expect-error -- pg's own conversion of parameters to text; it ships no types for this file.
import utils from "pg/lib/utils.js";

const prepareValue = (utils as { prepareValue(value: unknown): string | Buffer | null })
  .prepareValue;

type Sent = { text: string; values: readonly unknown[] };

/** Writes down what a pool's connections send between `begin` and `end`. */
export const recorder = (pool: pg.Pool) => {
  let sent: Sent[] | null = null;
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as unknown as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const [first, second] = args;
      if (sent !== null) {
        const text = typeof first === "string" ? first : (first as { text: string }).text;
        sent.push({ text, values: Array.isArray(second) ? second : [] });
      }
      return query(...args);
    }) as unknown as typeof client.query;
  });
  return {
    begin: () => {
      sent = [];
    },
    end: (): Sent[] => {
      const all = sent ?? [];
      sent = null;
      return all;
    },
  };
};

const literal = (value: unknown): string => {
  const prepared = prepareValue(value);
  if (prepared === null) return "NULL";
  return typeof prepared === "string"
    ? pg.escapeLiteral(prepared)
    : `'\\x${prepared.toString("hex")}'`;
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * The recorded statements with their parameters in place, one round trip each as they were sent.
 * Every id in them gets a new value in each run, except those in `kept`. For pgbench's simple mode,
 * where variables are put in as text.
 */
export const scriptOf = (sent: readonly Sent[], kept: ReadonlySet<string>): string => {
  const statements = sent.map(({ text, values }) =>
    text.replaceAll(/\$(\d+)/g, (_match, n: string) => literal(values[Number(n) - 1])),
  );
  const ids = [...new Set(statements.join("\n").match(UUID) ?? [])].filter((id) => !kept.has(id));
  const fresh = statements.map((text) =>
    text.replaceAll(UUID, (id) => (kept.has(id) ? id : `:made${ids.indexOf(id)}`)),
  );
  const made = ids.map((_, n) => `uuidv7() AS made${n}`).join(", ");
  // Several statements in one message stay one message.
  const lines = fresh.map((text) => `${text.replaceAll(/;\s*(?=\S)/g, "\\; ")};`);
  return [`SELECT ${made} \\gset`, ...lines, ""].join("\n");
};
