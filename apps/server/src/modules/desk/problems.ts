import type { Refusal } from "@onegrid/contract";

export const MOST_FILTERS = 50;

export const tooManyFilters = (): Refusal => ({
  code: "saved_filters.too_many",
  status: 409,
  detail: `an account names ${MOST_FILTERS} lists at most; forget one first`,
  params: { most: MOST_FILTERS },
});

export const filterIdTaken = (filterId: string): Refusal => ({
  code: "saved_filters.id_taken",
  status: 409,
  detail: "somebody else's list has this id",
  params: { filterId },
});
