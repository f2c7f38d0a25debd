import type { Refusal } from "@onegrid/contract";

/** Longest period of a board: a year and its leap day. */
export const LONGEST_PERIOD_DAYS = 366;

export const periodTooLong = (): Refusal => ({
  code: "board.period_too_long",
  status: 422,
  detail: `a board covers ${LONGEST_PERIOD_DAYS} days at most`,
  params: { days: LONGEST_PERIOD_DAYS },
});

export const periodReversed = (): Refusal => ({
  code: "board.period_reversed",
  status: 422,
  detail: "the period ends before it begins",
});

export const gridNotFound = (gridCode: string): Refusal => ({
  code: "grids.not_found",
  status: 404,
  detail: "no grid in sight has this code now",
  params: { gridCode },
});
