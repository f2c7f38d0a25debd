import type { RegisterColumn, RegisterValue } from "@onegrid/contract";
import { readCell, type CellProblem, type ChoiceWords, type RawCell } from "./read-cell.ts";

export type RowProblem = CellProblem & { column: string | null };

export type RowRead = { values: Record<string, RegisterValue>; problems: RowProblem[] };

/** What must hold between the cells of a row; the database's CHECKs say the same. */
export const contradictionsIn = (values: Record<string, RegisterValue>): RowProblem[] => {
  const problems: RowProblem[] = [];
  const { validFrom, validTo, threeWithout, lacks } = values;
  if (typeof validFrom === "string" && typeof validTo === "string" && validTo < validFrom) {
    problems.push({ column: "validTo", code: "ends_before_it_begins", params: { validFrom } });
  }
  const isListed = threeWithout === "listed" || threeWithout === "accepted";
  if (isListed && Array.isArray(lacks) && lacks.length === 0) {
    problems.push({ column: "lacks", code: "lacks_missing", params: {} });
  }
  // A column that is not spoken about is no contradiction.
  const { lng = null, lat = null } = values;
  if ("lng" in values && "lat" in values && (lng === null) !== (lat === null)) {
    problems.push({ column: lng === null ? "lng" : "lat", code: "place_incomplete", params: {} });
  }
  return problems;
};

/**
 * Reads the cells of one row by the register's columns. A cell that is wrong is left out of
 * `values` and told in `problems`; `columns` are those the row can speak about.
 */
export const readRow = (
  columns: readonly RegisterColumn[],
  cells: Readonly<Record<string, RawCell>>,
  words: ChoiceWords,
): RowRead => {
  const values: Record<string, RegisterValue> = {};
  const problems: RowProblem[] = [];
  for (const column of columns) {
    const raw = Object.hasOwn(cells, column.key) ? cells[column.key] : null;
    const read = readCell(column, raw, words);
    if ("problem" in read) problems.push({ ...read.problem, column: column.key });
    else values[column.key] = read.value;
  }
  return { values, problems: [...problems, ...contradictionsIn(values)] };
};
