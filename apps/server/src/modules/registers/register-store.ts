import type { RegisterName, RegisterValue } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { tableOf } from "./register-table.ts";

/** Rows of one statement: large enough to be set-based, small enough for the wire. */
const ROWS_A_STATEMENT = 1_000;

/** One writer of a register at a time; others wait until this transaction ends. */
export const lockRegister = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`register ${register}`}),
    hashtext(${countyCode}))`.execute(trx);
};

/** What a row holds where neither the file nor the form says anything. */
const DEFAULTS: Record<string, RegisterValue> = { threeWithout: "not_listed", lacks: [] };

export type Written = { added: number; changed: number; unchanged: number };

/**
 * Writes rows by code: new ones are added, known ones get the given columns and their next version,
 * equal ones stay as they are. `given` are the columns the rows speak about; others keep what they
 * have. `today` is where a row without a first day begins.
 */
export const writeRows = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
  rows: readonly Record<string, RegisterValue>[],
  options: { given: ReadonlySet<string>; today: string; sample: boolean },
): Promise<Written> => {
  const table = tableOf(register);
  const names = table.columns.map(({ key }) => table.column(key));
  // A row that exists keeps its first day when none is given.
  const updated = table.columns.filter(({ key }) => key !== "code" && options.given.has(key));
  const next = (key: string) =>
    key === "validFrom"
      ? sql`CASE WHEN r."hasValidFrom" THEN r."validFrom" ELSE t.valid_from END`
      : sql`r.${sql.ref(key)}`;
  const written: Written = { added: 0, changed: 0, unchanged: 0 };
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const part = rows.slice(from, from + ROWS_A_STATEMENT).map((row) => {
      const { validFrom = null, threeWithout, lacks } = row;
      return {
        ...row,
        validFrom: validFrom ?? options.today,
        hasValidFrom: validFrom !== null,
        threeWithout: threeWithout ?? DEFAULTS["threeWithout"],
        lacks: lacks ?? DEFAULTS["lacks"],
      };
    });
    const records = sql`jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
      AS r(${table.recordset}, "hasValidFrom" boolean)`;
    const changed =
      updated.length === 0
        ? { rows: [] }
        : await sql`
      UPDATE ${table.name} t SET ${sql.join(
        updated.map(({ key }) => sql`${table.column(key)} = ${next(key)}`),
      )}, version = t.version + 1, sample = ${options.sample}
      FROM ${records}
      WHERE t.county_code = ${countyCode} AND t.code = r.code
        AND (${sql.join(updated.map(({ key }) => sql`t.${table.column(key)}`))})
          IS DISTINCT FROM (${sql.join(updated.map(({ key }) => next(key)))})
      RETURNING t.code`.execute(trx);
    const added = await sql`
      INSERT INTO ${table.name} (county_code, version, sample, ${sql.join(names)})
      SELECT ${countyCode}, 1, ${options.sample},
        ${sql.join(table.columns.map(({ key }) => sql`r.${sql.ref(key)}`))}
      FROM ${records}
      ON CONFLICT (county_code, code) DO NOTHING RETURNING code`.execute(trx);
    written.added += added.rows.length;
    written.changed += changed.rows.length;
    written.unchanged += part.length - added.rows.length - changed.rows.length;
  }
  return written;
};
