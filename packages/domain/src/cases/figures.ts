import { CASE_STATES, type CaseFilters, type Net, type Tier } from "@onegrid/contract";
import { isCounted } from "./case.ts";

/** Figures of a results board that a list of cases stands behind. */
export const BOARD_FIGURES = [
  "due",
  "disposed_on_time",
  "reported",
  "closed",
  "open",
  "overdue",
] as const;
export type BoardFigure = (typeof BOARD_FIGURES)[number];

/** What a board, or a cell of it, is about. Days are in the county's time zone, both included. */
export type BoardCell = {
  gridCode: string;
  from: string;
  to: string;
  net?: Net | undefined;
  tier?: Tier | undefined;
  unitCode?: string | undefined;
};

/** 作废 and 合并 were filed, so they have a deadline, but nothing of theirs was due. */
const COUNTED = CASE_STATES.filter(isCounted);

const period = (figure: BoardFigure, { from, to }: BoardCell): CaseFilters => {
  switch (figure) {
    case "due":
      return { dueFrom: from, dueTo: to, state: COUNTED };
    case "disposed_on_time":
      return { dueFrom: from, dueTo: to, disposedOnTime: true, state: COUNTED };
    case "reported":
      return { reportedFrom: from, reportedTo: to };
    case "closed":
      // 不受理 ends a report too, but nothing was worked on and closed.
      return { closedFrom: from, closedTo: to, state: ["closed", "self_handled"] };
    case "open":
      return { open: true };
    case "overdue":
      return { overdue: true };
  }
};

/** The definition of a figure: it counts exactly the cases that the list with these filters shows. */
export const figureFilters = (figure: BoardFigure, cell: BoardCell): CaseFilters => ({
  ...period(figure, cell),
  grid: cell.gridCode,
  ...(cell.net !== undefined && { net: [cell.net] }),
  ...(cell.tier !== undefined && { tier: [cell.tier] }),
  ...(cell.unitCode !== undefined && { unit: cell.unitCode }),
});
