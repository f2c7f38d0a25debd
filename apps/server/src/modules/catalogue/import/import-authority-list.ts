import { type CategoryDraft, checkAuthorityList, sameCategory } from "@onegrid/domain";
import type { Trx } from "../../../platform/database.ts";
import { readCategories, readDepartments, readKnown } from "../catalogue-queries.ts";
import { draftOf, type DepartmentDraft } from "../catalogue-row.ts";
import { type NextCategory, writeCategories, writeDepartments } from "../catalogue-store.ts";
import type { ImportCounts, ImportPlan } from "./import-plan.ts";
import type { CatalogueFile, ImportIssue, Placed } from "./read-file.ts";

type AuthorityList = Extract<CatalogueFile, { kind: "authority_list" }>;

const sameDepartment = (a: DepartmentDraft, b: DepartmentDraft): boolean =>
  a.name === b.name &&
  a.nets.join() === b.nets.join() &&
  a.dutyPhone === b.dutyPhone &&
  a.sample === b.sample;

const doubles = (departments: readonly Placed<DepartmentDraft>[]): ImportIssue[] => {
  const seen = new Set<string>();
  return departments.flatMap(({ line, value: { unitCode } }) => {
    const isTwice = seen.has(unitCode);
    seen.add(unitCode);
    if (!isTwice) return [];
    return [
      { line, field: "unitCode", code: "code_twice", allowed: "each code once", found: unitCode },
    ];
  });
};

const categoryIssues = async (
  trx: Trx,
  countyCode: string,
  { departments, categories }: AuthorityList,
): Promise<ImportIssue[]> => {
  const known = await readKnown(trx, countyCode);
  const unitCodes = new Set([
    ...known.unitCodes,
    ...departments.map(({ value }) => value.unitCode),
  ]);
  const drafts = categories.map(({ value }) => value);
  return checkAuthorityList(drafts, { ...known, unitCodes }).map((issue) => ({
    line: categories[issue.index]?.line ?? null,
    field: issue.field,
    code: issue.code,
    allowed: issue.allowed,
    found: drafts[issue.index]?.categoryCode ?? "",
  }));
};

/** Sorts what a file says into new, changed and unchanged against what is there. */
const compare = <T>(
  rows: readonly T[],
  before: ReadonlyMap<string, T>,
  codeOf: (row: T) => string,
  same: (a: T, b: T) => boolean,
): { write: T[]; counts: ImportCounts } => {
  const added = rows.filter((row) => !before.has(codeOf(row)));
  const changed = rows.filter((row) => {
    const old = before.get(codeOf(row));
    return old !== undefined && !same(old, row);
  });
  return {
    write: [...added, ...changed],
    counts: {
      read: rows.length,
      added: added.length,
      changed: changed.length,
      unchanged: rows.length - added.length - changed.length,
      removed: 0,
    },
  };
};

/**
 * Plans to add and renew the departments and categories of an authority list. What the county has
 * beside it stays: to withdraw a category is to write `"active": false`.
 */
export const importAuthorityList = async (
  trx: Trx,
  countyCode: string,
  list: AuthorityList,
): Promise<ImportPlan> => {
  const present = await readCategories(trx, countyCode);
  const versions = new Map(present.map((one) => [one.categoryCode, one.version] as const));
  const categories = compare<CategoryDraft>(
    list.categories.map(({ value }) => value),
    new Map(present.map((one) => [one.categoryCode, draftOf(one)] as const)),
    ({ categoryCode }) => categoryCode,
    sameCategory,
  );
  const departments = compare<DepartmentDraft>(
    list.departments.map(({ value }) => value),
    new Map((await readDepartments(trx, countyCode)).map((one) => [one.unitCode, one] as const)),
    ({ unitCode }) => unitCode,
    sameDepartment,
  );
  const next = categories.write.map((draft): NextCategory =>
    Object.assign({}, draft, { version: (versions.get(draft.categoryCode) ?? 0) + 1 }),
  );
  return {
    counts: { departments: departments.counts, categories: categories.counts },
    issues: [...doubles(list.departments), ...(await categoryIssues(trx, countyCode, list))],
    write: async () => {
      await writeDepartments(trx, countyCode, departments.write);
      await writeCategories(trx, countyCode, next);
    },
  };
};
