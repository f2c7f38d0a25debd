import type { Refusal } from "@onegrid/contract";

export const noCounty: Refusal = {
  code: "county.none",
  status: 503,
  detail: "no county has been set up in this installation",
};
