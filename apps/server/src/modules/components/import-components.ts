import { localDayOf } from "@onegrid/domain";
import type { CrsName } from "@onegrid/geo";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, savepoint } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import {
  categoriesOfClass,
  classOfCode,
  draftProblems,
  type ComponentReferences,
} from "./component-draft.ts";
import { componentReferences } from "./component-references.ts";
import { lockComponents, writeComponents, type PlacedComponent } from "./component-store.ts";
import {
  readComponents,
  type ComponentIssue,
  type ComponentRowRead,
} from "./import/read-components.ts";

export type ComponentImport = {
  bytes: Uint8Array;
  /** Coordinate system of the file; WGS-84 unless told. */
  crs?: CrsName;
  dryRun: boolean;
  /** Store the rows without a fault and leave the others; else one fault stops all. */
  skipFaulty?: boolean;
  /** The components are made up, for trying. */
  sample?: boolean;
};

export type ComponentImportReport = {
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  /** Rows with a fault. */
  faulty: number;
  issues: ComponentIssue[];
  stored: boolean;
};

export type Placed = { component: PlacedComponent } | { issues: ComponentIssue[] };

/** A row held against the county: its class looked up when only the code says it, its grid found. */
export const place = (
  row: number,
  value: ComponentRowRead,
  county: ComponentReferences,
  sample: boolean,
): Placed => {
  const classCode = classOfCode(value.componentCode);
  const ofClass = categoriesOfClass(county.categories, classCode);
  const categoryCode =
    value.categoryCode ?? (ofClass.length === 1 ? ofClass[0]?.categoryCode : undefined);
  if (categoryCode === undefined) {
    const choices = ofClass.map((category) => category.categoryCode).join(", ");
    const allowed = choices === "" ? "a category of kind component" : `one of ${choices}`;
    const code = "components.no_such_class";
    return { issues: [{ row, field: "categoryCode", code, allowed, found: classCode }] };
  }
  const draft = { ...value, categoryCode, sample };
  const issues = draftProblems(draft, county).map((problem) => ({ row, ...problem }));
  const grid = county.gridAt(draft.lng, draft.lat);
  return issues.length > 0 || grid === undefined
    ? { issues }
    : { component: { ...draft, ...grid } };
};

/**
 * Loads components from a file: all of it or, with a single fault, nothing (unless faulty rows are
 * to be left out). The same file again changes nothing; what the file does not name stays. Throws
 * `components.no_grids`.
 */
export const importComponents = async (
  ctx: Ctx,
  { bytes, crs = "wgs84", dryRun, skipFaulty = false, sample = false }: ComponentImport,
): Promise<ComponentImportReport> => {
  const { countyCode, timeZone } = ctx.county;
  const county = await componentReferences(ctx);
  const { rows, issues: unreadable, read } = readComponents(bytes, crs);
  const issues = [...unreadable];
  const components = new Map<string, PlacedComponent>();
  for (const { row, value } of rows) {
    const placed = place(row, value, county, sample);
    if ("issues" in placed) issues.push(...placed.issues);
    else if (components.has(value.componentCode)) {
      const twice = { code: "components.code_twice", allowed: "each code once" };
      issues.push({ row, field: "componentCode", ...twice, found: value.componentCode });
    } else components.set(value.componentCode, placed.component);
  }
  issues.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  const faulty = new Set(issues.map(({ row }) => row)).size;
  const report = { read, added: 0, changed: 0, unchanged: 0, faulty, issues, stored: false };
  const isRefused = issues.some(({ row }) => row === null) || (faulty > 0 && !skipFaulty);
  if (isRefused) return report;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockComponents(trx, countyCode);
    const now = ctx.clock.now();
    const today = localDayOf(now.getTime(), timeZone);
    const undo = dryRun ? await savepoint(trx) : null;
    const done = await writeComponents(trx, countyCode, [...components.values()], now, today);
    await undo?.();
    const stored = !dryRun && done.added + done.changed > 0;
    if (stored) {
      await audit(trx, ctx, { action: "components.import", outcome: "done", detail: done });
    }
    const unchanged = components.size - done.added - done.changed;
    return { ...report, ...done, unchanged, stored };
  });
};
