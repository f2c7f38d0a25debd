import { CASE_SORTS, CaseFilters, NETS, type CaseSort } from "@onegrid/contract";
import { z } from "zod";

/** Filters of a list of cases as they stand in the address bar: the server's own, as text. */
export type CaseSearch = z.input<typeof CaseFilters> & { sort?: CaseSort | undefined };

const shape: Record<string, z.ZodType> = { ...CaseFilters.shape, sort: z.enum(CASE_SORTS) };

/**
 * Keeps what the server would accept and drops the rest, so that a mistyped or outdated link
 * still opens. Unknown names are dropped too.
 */
export const readCaseSearch = (raw: Record<string, unknown>): CaseSearch => {
  const kept: Record<string, string> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const value = raw[name];
    if (typeof value === "string" && value !== "" && schema.safeParse(value).success) {
      kept[name] = value;
    }
  }
  return kept;
};

/** Number of filters set; order of the list is none. */
export const countFilters = ({ sort: _sort, ...filters }: CaseSearch): number =>
  Object.values(filters).filter((value) => value !== undefined).length;

/** What the board looks at, as it stands in the address bar. */
export type BoardSearch = { grid?: string; net?: string; from?: string; to?: string };

const boardShape = {
  grid: CaseFilters.shape.grid,
  net: z.enum(NETS),
  from: z.iso.date(),
  to: z.iso.date(),
};

/** As `readCaseSearch`, for the board. */
export const readBoardSearch = (raw: Record<string, unknown>): BoardSearch => {
  const kept: BoardSearch = {};
  for (const name of ["grid", "net", "from", "to"] as const) {
    const value = raw[name];
    if (typeof value === "string" && boardShape[name].safeParse(value).success) kept[name] = value;
  }
  return kept;
};
