import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Mapping } from "./mapping.ts";
import { readMoment } from "./moments.ts";

/** One service request, understood. */
export type ReplayRow = {
  line: number;
  sourceId: string;
  reportedAt: Date;
  closedAt: Date | null;
  lng: number;
  lat: number;
  address: string | null;
  description: string;
  categoryCode: string;
  /** Department that shares the work; null when none does. */
  subTaskUnit: string | null;
  /** Name of the grid the file says it lies in, or null. */
  saidGrid: string | null;
};

/** A row that cannot be replayed: which and why, in the words of a code. */
export type RefusedRow = { line: number; sourceId: string | null; code: string; detail: string };

type Cells = Record<string, string>;

const joined = (cells: Cells, columns: readonly string[]) =>
  columns
    .map((column) => (cells[column] ?? "").trim())
    .filter((cell) => cell !== "")
    .join(" · ");

const degrees = (text: string | undefined, limit: number): number | undefined => {
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : undefined;
};

/** Turns cells into rows by a mapping. Regular expressions are compiled once. */
export const rowReader = (mapping: Mapping) => {
  const rules = mapping.category.rules.map(({ matches, code }) => ({
    pattern: new RegExp(matches, "i"),
    code,
  }));
  const categoryOf = (words: string) =>
    rules.find(({ pattern }) => pattern.test(words))?.code ?? mapping.category.otherwise;

  const units = new Set(mapping.subTasks?.departments.map(({ unitCode }) => unitCode));
  return (cells: Cells, line: number): ReplayRow | RefusedRow => {
    const sourceId = cells[mapping.id]?.trim() ?? "";
    const no = (code: string, detail: string): RefusedRow => ({
      line,
      sourceId: sourceId === "" ? null : sourceId,
      code,
      detail,
    });
    if (sourceId === "") return no("replay.id_missing", `column ${mapping.id} is empty`);

    const reported = cells[mapping.reportedAt.column] ?? "";
    const reportedAt = readMoment(reported, mapping.reportedAt.formats, mapping.timeZone);
    if (reportedAt === undefined) return no("replay.bad_reported_at", `“${reported}”`);

    const closed = (cells[mapping.closedAt.column] ?? "").trim();
    const closedAt =
      closed === "" ? null : readMoment(closed, mapping.closedAt.formats, mapping.timeZone);
    if (closedAt === undefined) return no("replay.bad_closed_at", `“${closed}”`);
    if (closedAt !== null && closedAt < reportedAt) {
      return no("replay.closed_before_reported", `${reported} → ${closed}`);
    }

    const lng = degrees(cells[mapping.lng], 180);
    const lat = degrees(cells[mapping.lat], 90);
    if (lng === undefined || lat === undefined) {
      return no("replay.bad_place", `“${cells[mapping.lng]}”, “${cells[mapping.lat]}”`);
    }

    const words = cells[mapping.category.column] ?? "";
    const categoryCode = categoryOf(words);
    if (categoryCode === undefined) return no("replay.unknown_category", `“${words}”`);

    const unit =
      mapping.subTasks === undefined ? "" : (cells[mapping.subTasks.column] ?? "").trim();
    const { agreement } = mapping;
    const said = agreement === undefined ? "" : (cells[agreement.column] ?? "").trim();
    return {
      line,
      sourceId,
      reportedAt,
      closedAt,
      lng,
      lat,
      address: joined(cells, mapping.address).slice(0, 200) || null,
      description: joined(cells, mapping.description).slice(0, 1000) || words || sourceId,
      categoryCode,
      subTaskUnit: units.has(unit) ? unit : null,
      saidGrid: said === "" || agreement?.ignore.includes(said) ? null : said,
    };
  };
};

/** Rows of a CSV stream with a header line; BOM and CRLF are fine. */
export async function* readRows(
  csv: Readable,
  mapping: Mapping,
): AsyncGenerator<ReplayRow | RefusedRow> {
  const read = rowReader(mapping);
  const parser = csv.pipe(
    parse({
      bom: true,
      columns: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }),
  );
  for await (const { record, info } of parser as AsyncIterable<{
    record: Cells;
    info: { lines: number };
  }>) {
    yield read(record, info.lines);
  }
}
