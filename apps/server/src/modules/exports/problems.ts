import type { Refusal } from "@onegrid/contract";

/** Exports of an account that may wait or run at once. */
export const MOST_AT_ONCE = 3;
/** A spreadsheet is made in memory, and nobody reads further; CSV has no end. */
export const MOST_XLSX_ROWS = 50_000;

export const exportNotFound = (exportId: string): Refusal => ({
  code: "exports.not_found",
  status: 404,
  detail: "no export of this account has this id, or its file was removed",
  params: { exportId },
});

export const exportNotReady = (state: string): Refusal => ({
  code: "exports.not_ready",
  status: 409,
  detail: "the file is not written yet",
  params: { state },
});

export const exportIdTaken = (exportId: string): Refusal => ({
  code: "exports.id_taken",
  status: 409,
  detail: "another export has this id",
  params: { exportId },
});

export const tooManyExports = (): Refusal => ({
  code: "exports.too_many",
  status: 429,
  detail: `an account writes ${MOST_AT_ONCE} lists at once; wait for one to end`,
  params: { most: MOST_AT_ONCE, retryAfterSeconds: 10 },
});
