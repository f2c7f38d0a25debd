import type { ImportIssue } from "./read-file.ts";

/** How many lines of one kind there were and what became of them. */
export type ImportCounts = {
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  /** In the county and not in the file: a code table is replaced whole, an authority list is not. */
  removed: number;
};

export const COUNTED_KINDS = ["classes", "departments", "categories"] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

/** What one kind of file would do; `write` does it. */
export type ImportPlan = {
  counts: Partial<Record<CountedKind, ImportCounts>>;
  issues: ImportIssue[];
  write(): Promise<void>;
};
