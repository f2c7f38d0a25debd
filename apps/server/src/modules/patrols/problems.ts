import type { Refusal } from "@onegrid/contract";

export const unknownSpot = (spot: string): Refusal => ({
  code: "patrols.unknown_spot",
  status: 404,
  detail: "no place of the own scope has this name",
  params: { spot },
});

export const dayOutOfRange = (today: string, earliest: string): Refusal => ({
  code: "patrols.day_out_of_range",
  status: 422,
  detail: "a look is of today or of the last days, never of tomorrow",
  params: { today, earliest },
});

export const pointConflict: Refusal = {
  code: "patrols.version_conflict",
  status: 409,
  detail: "somebody changed this place meanwhile; read it again",
};

export const outsideScope: Refusal = {
  code: "patrols.outside_scope",
  status: 403,
  detail: "the place lies outside the own scope",
};

export const unknownCategory = (categoryCode: string): Refusal => ({
  code: "cases.unknown_category",
  status: 422,
  detail: "no active category has this code",
  params: { categoryCode },
});

export const noGrids: Refusal = {
  code: "cases.no_grids",
  status: 503,
  detail: "the county has no grids yet, so no place can be located",
};
