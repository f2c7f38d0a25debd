import type { RegisterColumn, RegisterValue } from "@onegrid/contract";
import { dayNumberOf, dayOf } from "../calendar/local-day.ts";

/** What a spreadsheet, a form or JSON may hold in one cell. */
export type RawCell = string | number | boolean | Date | readonly string[] | null | undefined;

export type CellProblem = { code: string; params: Record<string, unknown> };

export type CellRead = { value: RegisterValue } | { problem: CellProblem };

/** Words that people write for a choice, to its member: 已列入 → listed. */
export type ChoiceWords = ReadonlyMap<string, string>;

const bad = (code: string, params: Record<string, unknown> = {}): CellRead => ({
  problem: { code, params },
});

/** Spaces of every width and the invisible signs that come with pasted text. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    // oxlint-disable-next-line no-control-regex -- the point is to take them out
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, "")
    .replaceAll(/[\s\u3000]+/g, " ")
    .trim();

/** Full-width digits and letters to plain ones, for what is a code or a number. */
const narrow = (text: string): string => tidy(text.normalize("NFKC"));

/** Day 0 of the spreadsheet calendar; from March 1900 on its count is this one. */
const SPREADSHEET_EPOCH = -25_569;
const FIRST_SERIAL = 10_000;
const LAST_SERIAL = 80_000;

const plainDay = (year: string, month: string, day: string): string | null => {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return dayNumberOf(text) === null || text < "1900-01-01" ? null : text;
};

/**
 * A day as people write it: 2026-01-05, 2026/1/5, 2026.1.5, 20260105, 2026年1月5日, a spreadsheet's
 * own date or its serial number. Null: none of them.
 */
export const readDay = (raw: RawCell): string | null => {
  if (raw instanceof Date) {
    // Spreadsheet dates have no zone; readers give them as midnight UTC.
    return Number.isNaN(raw.getTime()) ? null : plainDayOf(raw);
  }
  if (typeof raw === "number") {
    const whole = Math.floor(raw);
    if (whole >= 19_000_101 && whole <= 21_001_231) return readDay(String(whole));
    if (whole < FIRST_SERIAL || whole > LAST_SERIAL) return null;
    return dayOf(whole + SPREADSHEET_EPOCH);
  }
  if (typeof raw !== "string") return null;
  const text = narrow(raw).replaceAll(" ", "");
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T00:00.*|00:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return found === null ? null : plainDay(found[1] ?? "", found[2] ?? "", found[3] ?? "");
};

const plainDayOf = (at: Date): string | null => {
  const text = at.toISOString();
  return plainDay(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10));
};

const readInteger = (raw: RawCell, max: number): CellRead => {
  const number = typeof raw === "number" ? raw : Number(narrow(String(raw)).replaceAll(",", ""));
  if (!Number.isInteger(number)) return bad("not_a_number");
  return number < 0 || number > max ? bad("out_of_range", { max }) : { value: number };
};

const readDecimal = (raw: RawCell, min: number, max: number): CellRead => {
  const number = typeof raw === "number" ? raw : Number(narrow(String(raw)).replaceAll(",", ""));
  if (!Number.isFinite(number)) return bad("not_a_decimal");
  return number < min || number > max ? bad("out_of_range", { min, max }) : { value: number };
};

const readCode = (raw: RawCell): CellRead => {
  // A long code kept as a number has lost its last digits: 18 figures do not fit.
  if (typeof raw === "number" && !Number.isSafeInteger(raw)) return bad("code_damaged");
  const text = narrow(String(raw)).replaceAll(" ", "");
  if (/^\d(\.\d+)?E\+\d+$/i.test(text)) return bad("code_damaged");
  return /^[0-9A-Za-z-]{1,32}$/.test(text) ? { value: text } : bad("not_a_code");
};

const memberOf = (text: string, values: readonly string[], words: ChoiceWords): string | null => {
  const member = words.get(text) ?? text;
  return values.includes(member) ? member : null;
};

const readChoices = (raw: RawCell, values: readonly string[], words: ChoiceWords): CellRead => {
  const parts = Array.isArray(raw) ? raw : tidy(String(raw)).split(/[、,，;；/]/);
  const members = new Set<string>();
  for (const part of parts.map((each: string) => tidy(each)).filter((each) => each !== "")) {
    const member = memberOf(part, values, words);
    if (member === null) return bad("not_a_choice", { found: part.slice(0, 40) });
    members.add(member);
  }
  return { value: values.filter((value) => members.has(value)) };
};

const isEmpty = (raw: RawCell): boolean =>
  raw === null ||
  raw === undefined ||
  (typeof raw === "string" && tidy(raw) === "") ||
  (Array.isArray(raw) && raw.length === 0);

/**
 * One cell as the column means it, or what is wrong with it. An empty cell is null (an empty list
 * for `choices`); `cell_missing` when the column is required.
 */
export const readCell = (column: RegisterColumn, raw: RawCell, words: ChoiceWords): CellRead => {
  if (isEmpty(raw)) {
    if (column.required) return bad("cell_missing");
    return { value: column.kind === "choices" ? [] : null };
  }
  switch (column.kind) {
    case "code":
      return readCode(raw);
    case "integer":
      return readInteger(raw, column.max ?? 1_000_000_000);
    case "decimal":
      return readDecimal(raw, column.min ?? 0, column.max ?? 1e9);
    case "day": {
      const day = readDay(raw);
      return day === null ? bad("not_a_day") : { value: day };
    }
    case "choice": {
      const member = memberOf(tidy(String(raw)), column.values ?? [], words);
      return member === null
        ? bad("not_a_choice", { found: tidy(String(raw)).slice(0, 40) })
        : { value: member };
    }
    case "choices":
      return readChoices(raw, column.values ?? [], words);
    case "text": {
      const text = tidy(String(raw));
      const max = column.max ?? 200;
      if (!text.isWellFormed()) return bad("not_text");
      return text.length > max ? bad("too_long", { max }) : { value: text };
    }
  }
};
