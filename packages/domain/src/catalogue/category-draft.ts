import type { Category } from "@onegrid/contract";

/** A class of a standard that a category says it falls under. */
export type ClassReference = Pick<
  NonNullable<Category["standardClass"]>,
  "standard" | "kind" | "classCode"
>;

/** A line of the authority list 权责清单 as a county writes it, before it has a version. */
export type CategoryDraft = Pick<
  Category,
  | "categoryCode"
  | "net"
  | "kind"
  | "name"
  | "words"
  | "ownerUnitCode"
  | "startTier"
  | "limit"
  | "emergency"
  | "meToo"
  | "active"
  | "sample"
> & { standardClass: ClassReference | null };

/** A line of a standard's code table. */
export type ClassDraft = ClassReference & {
  majorName: string;
  name: string;
  /** The component whose faults this matter stands for, e.g. 供水井盖 for 供水井盖异常. */
  componentCode: string | null;
};

export const CATALOGUE_ISSUE_CODES = [
  "code_twice",
  "class_unknown",
  "owner_missing",
  "unit_unknown",
  "limit_not_urgent",
  "component_unknown",
] as const;
export type CatalogueIssueCode = (typeof CATALOGUE_ISSUE_CODES)[number];

/** What is wrong with one line, and what would be right. `index` counts lines from 0. */
export type CatalogueIssue = {
  readonly index: number;
  readonly field: string;
  readonly code: CatalogueIssueCode;
  readonly allowed: string;
};

/** Key of a class within one standard: both kinds use codes from 01001 on. */
export const classKey = ({ kind, classCode }: Pick<ClassReference, "kind" | "classCode">): string =>
  `${kind} ${classCode}`;

/**
 * Designation of a standard without its title: `GB/T 47678.5-2026 城市运行…` is `GB/T 47678.5-2026`.
 * What is no Chinese designation stays as it is.
 */
export function standardDesignation(text: string): string {
  const found = /^((?:GB|CJ|DB\d*|JT|HJ)(?:\/T)?)\s*([0-9.]+[-—]\d{4})/.exec(text.trim());
  const [, prefix, number] = found ?? [];
  if (prefix === undefined || number === undefined) return text.trim();
  return `${prefix} ${number.replace("—", "-")}`;
}
