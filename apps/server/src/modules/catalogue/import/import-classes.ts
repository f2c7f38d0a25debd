import { checkClassTable, classKey, type ClassDraft } from "@onegrid/domain";
import type { Trx } from "../../../platform/database.ts";
import { readClasses, type StoredClass } from "../catalogue-queries.ts";
import { writeClasses } from "../catalogue-store.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { ImportIssue, Placed } from "./read-file.ts";

const sameClass = (a: StoredClass, b: StoredClass): boolean =>
  a.majorName === b.majorName && a.name === b.name;

const placeIssues = (rows: readonly Placed<ClassDraft>[]): ImportIssue[] =>
  checkClassTable(rows.map(({ value }) => value)).map(({ index, field, code, allowed }) => {
    const row = rows[index];
    return {
      line: row?.line ?? null,
      field,
      code,
      allowed,
      found: row === undefined ? "" : classKey(row.value),
    };
  });

/** A table belongs to one standard: what the file does not list of it goes. */
const oneStandard = (rows: readonly Placed<ClassDraft>[]): ImportIssue[] => {
  const [first] = rows;
  const other = rows.find(({ value }) => value.standard !== first?.value.standard);
  if (first === undefined || other === undefined) return [];
  return [
    {
      line: other.line,
      field: "standard",
      code: "standard_differs",
      allowed: `one standard a file, here ${first.value.standard}`,
      found: other.value.standard,
    },
  ];
};

/** Plans to make the county's table of a standard what the file says. */
export const importClasses = async (
  trx: Trx,
  countyCode: string,
  rows: readonly Placed<ClassDraft>[],
): Promise<ImportPlan> => {
  const standard = rows[0]?.value.standard;
  const stored = standard === undefined ? [] : await readClasses(trx, countyCode, standard);
  const before = new Map(stored.map((one) => [classKey(one), one] as const));
  const after = new Map(rows.map(({ value }) => [classKey(value), value] as const));
  const added = [...after.values()].filter((one) => !before.has(classKey(one)));
  const changed = [...after.values()].filter((one) => {
    const old = before.get(classKey(one));
    return old !== undefined && !sameClass(old, one);
  });
  // An empty table is a broken file rather than the wish to empty the county's.
  const removed = rows.length === 0 ? [] : stored.filter((one) => !after.has(classKey(one)));
  return {
    counts: {
      classes: {
        read: rows.length,
        added: added.length,
        changed: changed.length,
        unchanged: after.size - added.length - changed.length,
        removed: removed.length,
      },
    },
    issues: [...placeIssues(rows), ...oneStandard(rows)],
    write: () => writeClasses(trx, countyCode, [...added, ...changed], removed),
  };
};
