import type { ImportIssue, ImportKind } from "@onegrid/contract";
import type { RowProblem } from "@onegrid/domain";
import type { NumberedRow } from "./read-rows.ts";
import type { Head } from "./sheet/find-head.ts";

const SHOWN_CHARS = 40;

/** Columns whose cells are not repeated anywhere: they are personal. */
const PERSONAL = new Set(["phone", "idNumber", "personName"]);

/** The domain names faults of a cell by a bare word; those of a noun's rules carry its name. */
export const fullCode = ({ code }: RowProblem): string =>
  code.includes(".") ? code : `registers.${code}`;

const foundIn = (kind: ImportKind, head: Head, row: NumberedRow, key: string | null) => {
  if (key === null || ((kind === "people" || kind === "former_posts") && PERSONAL.has(key)))
    return null;
  const index = head.columns.find((column) => column.key === key)?.index;
  const cell = index === undefined ? null : row.cells[index];
  return cell === null || cell === undefined ? null : String(cell).slice(0, SHOWN_CHARS);
};

/** Every fault of every row, as it is told outside. */
export const issuesOf = (
  kind: ImportKind,
  head: Head,
  rows: readonly NumberedRow[],
): ImportIssue[] =>
  rows.flatMap((row) =>
    row.problems.map((problem) => ({
      row: row.row,
      column: problem.column,
      code: fullCode(problem),
      params: problem.params,
      found: foundIn(kind, head, row, problem.column),
    })),
  );
