import type { Refusal } from "@onegrid/contract";

export const gridNotFound = (gridCode: string): Refusal => ({
  code: "grids.not_found",
  status: 404,
  detail: "no grid has this code now",
  params: { gridCode },
});
