import type { RegisterValue } from "@onegrid/contract";
import type { RowProblem } from "@onegrid/domain";
import type { Ctx } from "./context.ts";
import type { Trx } from "./database.ts";

/** A row of a table that was brought in: its values by column, and what is wrong with it so far. */
export type ImportRow = { values: Record<string, RegisterValue>; problems: RowProblem[] };

export type Written = { added: number; changed: number; unchanged: number };

export type ImportOptions = {
  /** Columns the table speaks about; of a row that exists, the others keep what they have. */
  given: ReadonlySet<string>;
  /** Called with the number of rows that are done. */
  onProgress: (rows: number) => Promise<void>;
};

/**
 * A list that tables are brought into, by code. `check` adds what a row alone does not tell (codes
 * that name nothing, another's grid, what the rules refuse); `write` stores rows without a problem.
 * Both see one transaction, `lock` first.
 */
export type ImportTarget = {
  lock(trx: Trx, ctx: Ctx): Promise<void>;
  /** Its rows speak of each other, so `check` needs all of them at once. */
  checksWholeTable?: true;
  check(trx: Trx, ctx: Ctx, rows: readonly ImportRow[], given: ReadonlySet<string>): Promise<void>;
  write(
    trx: Trx,
    ctx: Ctx,
    rows: readonly Record<string, RegisterValue>[],
    options: ImportOptions,
  ): Promise<Written>;
  /** Columns that never leave: what is personal stays where it is sealed. */
  withheld?: readonly string[];
  /** A page of what is stored in the same columns, by code, to be taken out as a table. */
  page(
    ctx: Ctx,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ rows: Record<string, RegisterValue>[]; nextCursor: string | null }>;
};

export const NOTHING_WRITTEN: Written = { added: 0, changed: 0, unchanged: 0 };

export const sumOfWritten = (a: Written, b: Written): Written => ({
  added: a.added + b.added,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
});

/** A text of a row, null when the cell is empty or the column is not there. */
export const textIn = (values: Record<string, RegisterValue>, key: string): string | null => {
  const value = values[key];
  return typeof value === "string" ? value : null;
};

/** Rows in parts of `size`. */
export function* partsOf<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/** Writes rows in parts of `size`, says after each how many are done, and answers the sum. */
export const writeInParts = async <T>(
  rows: readonly T[],
  size: number,
  onProgress: ImportOptions["onProgress"],
  write: (part: readonly T[]) => Promise<Written>,
): Promise<Written> => {
  let written = NOTHING_WRITTEN;
  let done = 0;
  for (const part of partsOf(rows, size)) {
    written = sumOfWritten(written, await write(part));
    done += part.length;
    await onProgress(done);
  }
  return written;
};
