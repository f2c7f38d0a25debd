import { IMPORT_MAX_BYTES, type Refusal } from "@onegrid/contract";

/** Imports of an account that may wait or run at once. */
export const MOST_AT_ONCE = 3;
/** Rows of one file that is taken out; more is for `./onegrid backup` or the API's pages. */
export const MOST_EXPORTED_ROWS = 100_000;

export const importNotFound = (importId: string): Refusal => ({
  code: "imports.not_found",
  status: 404,
  detail: "no import of this account has this id, or its file was removed",
  params: { importId },
});

export const importIdTaken = (importId: string): Refusal => ({
  code: "imports.id_taken",
  status: 409,
  detail: "the id was used for another file",
  params: { importId },
});

export const fileTooLarge: Refusal = {
  code: "imports.too_large",
  status: 413,
  detail: `a table file has at most ${IMPORT_MAX_BYTES} bytes`,
  params: { mostBytes: IMPORT_MAX_BYTES },
};

export const emptyFile: Refusal = {
  code: "imports.empty_file",
  status: 422,
  detail: "the file is empty",
};

export const tooManyImports: Refusal = {
  code: "imports.too_many",
  status: 429,
  detail: `an account brings in ${MOST_AT_ONCE} tables at once; wait for one to end`,
  params: { most: MOST_AT_ONCE, retryAfterSeconds: 10 },
};

export const notAllowed = (kind: string): Refusal => ({
  code: "imports.not_allowed",
  status: 403,
  detail: "this kind of table is brought in by whoever keeps the county's configuration",
  params: { kind },
});

export const notChecked = (state: string): Refusal => ({
  code: "imports.not_checked",
  status: 409,
  detail: "the table is not checked yet, was stored already, or cannot be read",
  params: { state },
});

export const hasFaults = (faulty: number): Refusal => ({
  code: "imports.has_faults",
  status: 422,
  detail: "rows have faults: mend them, or choose to leave them out",
  params: { faulty },
});

export const tooManyRows: Refusal = {
  code: "imports.too_many_rows",
  status: 422,
  detail: `a file holds at most ${MOST_EXPORTED_ROWS} rows`,
  params: { most: MOST_EXPORTED_ROWS },
};
