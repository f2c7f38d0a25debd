import {
  IMPORT_COLUMNS,
  type ImportKind,
  type RegisterColumn,
  type RegisterValue,
} from "@onegrid/contract";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { MOST_EXPORTED_ROWS, tooManyRows } from "./problems.ts";
import { targetOf } from "./targets.ts";
import { choiceWord, headingOf, translator, type ImportLanguage, type Translate } from "./words.ts";
import { csvOf, xlsxOf } from "../exports/index.ts";

const PAGE = 1_000;

const shown = (
  t: Translate,
  column: RegisterColumn,
  value: RegisterValue | undefined,
): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => choiceWord(t, column, one)).join("、");
  return column.values === undefined ? String(value) : choiceWord(t, column, String(value));
};

/**
 * A register of the own scope in the columns of its template, as the bytes of a file. Throws
 * `imports.too_many_rows`.
 */
export const exportRegister = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  kind: ImportKind,
  { format, language }: { format: "xlsx" | "csv"; language: ImportLanguage },
): Promise<Buffer | string> => {
  const t = translator(language);
  const target = targetOf(kind, dataKey);
  // Left out and not left empty: brought in again, an empty column would take away what is there.
  const columns = IMPORT_COLUMNS[kind].filter(({ key }) => target.withheld?.includes(key) !== true);
  const rows: (string | null)[][] = [];
  let cursor: string | undefined;
  do {
    const page = await target.page(ctx, cursor, PAGE);
    for (const row of page.rows) {
      rows.push(columns.map((column) => shown(t, column, row[column.key])));
    }
    if (rows.length > MOST_EXPORTED_ROWS) throw new ProblemError(tooManyRows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const head = columns.map((column) => headingOf(t, column));
  return format === "csv"
    ? csvOf(head, rows)
    : xlsxOf([{ name: t(`importKind>${kind}`), head, rows }]);
};
