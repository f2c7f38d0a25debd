import type { CategoryDraft, ClassDraft } from "@onegrid/domain";
import { parse as parseCsv } from "csv-parse/sync";
import type { z } from "zod";
import { type FileEncoding, textOfFile } from "../../../platform/file-text.ts";
import type { DepartmentDraft } from "../catalogue-row.ts";
import { lineOfJsonError, linesOfElements } from "./json-lines.ts";
import { csvCategory, csvClass, jsonCategory, jsonClass, jsonDepartment } from "./row-schemas.ts";

/** One fault of a file: where it is and what would be right. */
export type ImportIssue = {
  /** Line in the file from 1; null when the fault is the file's as a whole. */
  line: number | null;
  /** Field in that line, or a pointer into the JSON; empty for the whole line. */
  field: string;
  code: string;
  allowed: string;
  /** What stands there, cut to a readable length. */
  found?: string;
};

/** A row that fits its schema, with where it came from. */
export type Placed<T> = { line: number | null; value: T };

/** Largest file taken; the whole table of a national standard is a tenth of a megabyte. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type CatalogueFile =
  | { kind: "classes"; classes: Placed<ClassDraft>[] }
  | {
      kind: "authority_list";
      departments: Placed<DepartmentDraft>[];
      categories: Placed<CategoryDraft>[];
    };

export type ReadFile = {
  encoding: FileEncoding | null;
  /** Null when the file is none of the kinds that can be imported. */
  file: CatalogueFile | null;
  issues: ImportIssue[];
};

const SHOWN_CHARS = 60;
const KINDS =
  "a code table (JSON with components and matters, or CSV with classCode) or an authority list (JSON with categories, or CSV with categoryCode)";

const refuseFile = (code: string, allowed: string, line: number | null = null): ReadFile => ({
  encoding: null,
  file: null,
  issues: [{ line, field: "", code, allowed }],
});

const valueAt = (row: unknown, path: readonly PropertyKey[]): string | undefined => {
  let value = row;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value === undefined ? undefined : JSON.stringify(value).slice(0, SHOWN_CHARS);
};

type Row = { line: number | null; value: unknown };

/** Reads rows by a schema; every fault of every row is kept. */
const readRows = <T>(rows: readonly Row[], schema: z.ZodType<T>, issues: ImportIssue[]) =>
  rows.flatMap(({ line, value }): Placed<T>[] => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return [{ line, value: parsed.data }];
    for (const { path, code, message } of parsed.error.issues) {
      const found = valueAt(value, path);
      issues.push({
        line,
        field: path.join("."),
        code,
        allowed: message,
        ...(found !== undefined && { found }),
      });
    }
    return [];
  });

const readJson = (text: string, encoding: FileEncoding): ReadFile => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const line = lineOfJsonError(text, error);
    return refuseFile("file.json_invalid", "a JSON document that is whole and well-formed", line);
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return refuseFile("file.kind_unknown", KINDS);
  }
  const lines = linesOfElements(text);
  const { standard, components, matters, categories, departments, sample } = document as Record<
    string,
    unknown
  >;
  const rows = (list: unknown, key: string): Row[] =>
    (Array.isArray(list) ? list : []).map((value: unknown, index) => ({
      line: lines.get(`/${key}/${index}`) ?? null,
      value,
    }));
  const issues: ImportIssue[] = [];
  if (Array.isArray(categories)) {
    const isSample = sample === true;
    return {
      encoding,
      issues,
      file: {
        kind: "authority_list",
        departments: readRows(rows(departments, "departments"), jsonDepartment(isSample), issues),
        categories: readRows(rows(categories, "categories"), jsonCategory(isSample), issues),
      },
    };
  }
  if (!Array.isArray(components) && !Array.isArray(matters)) {
    return refuseFile("file.kind_unknown", KINDS);
  }
  if (typeof standard !== "string" || standard.trim() === "") {
    return refuseFile("file.standard_missing", "the standard's designation in /standard");
  }
  return {
    encoding,
    issues,
    file: {
      kind: "classes",
      classes: [
        ...readRows(rows(components, "components"), jsonClass("component", standard), issues),
        ...readRows(rows(matters, "matters"), jsonClass("matter", standard), issues),
      ],
    },
  };
};

type CsvRecord = { record: Record<string, string>; info: { lines: number } };

const readCsv = (text: string, encoding: FileEncoding): ReadFile => {
  let records: CsvRecord[];
  try {
    records = parseCsv(text, {
      columns: (header: string[]) => header.map((name) => name.trim()),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? null;
    return refuseFile("file.csv_invalid", "as many fields in each line as in the header", line);
  }
  const rows = records.map(({ record, info }): Row => ({ line: info.lines, value: record }));
  const header = Object.keys(records[0]?.record ?? {});
  const issues: ImportIssue[] = [];
  if (header.includes("categoryCode")) {
    const categories = readRows(rows, csvCategory, issues);
    return { encoding, issues, file: { kind: "authority_list", departments: [], categories } };
  }
  if (header.includes("classCode")) {
    return {
      encoding,
      issues,
      file: { kind: "classes", classes: readRows(rows, csvClass, issues) },
    };
  }
  return refuseFile("file.kind_unknown", KINDS);
};

/**
 * Reads a file that somebody wants in the catalogue: decides what it is, reads every row and names
 * every fault. Touches nothing.
 */
export const readCatalogueFile = (bytes: Uint8Array): ReadFile => {
  if (bytes.length > MAX_FILE_BYTES) {
    return refuseFile("file.too_large", `at most ${MAX_FILE_BYTES / 1024 / 1024} MB`);
  }
  const decoded = textOfFile(bytes);
  if (decoded === null) {
    return refuseFile("file.not_text", "text in UTF-8, UTF-16 or GB 18030, not a binary file");
  }
  const { text, encoding } = decoded;
  if (text.trim() === "") return refuseFile("file.empty", KINDS);
  return /^\s*[[{]/.test(text) ? readJson(text, encoding) : readCsv(text, encoding);
};
