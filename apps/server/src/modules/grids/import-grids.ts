import { CoverageChecker, type CrsName } from "@onegrid/geo";
import type { LevelLengths } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { asGeoJson } from "../../platform/map-files/read-shapefile.ts";
import { audit } from "../audit/index.ts";
import { gridCache } from "./county-cache.ts";
import { selectCurrentGrids, type CurrentGrid } from "./grid-queries.ts";
import { lockGrids } from "./grid-store.ts";
import { checkChildren, checkCoverage, duplicateNames } from "./import/check-coverage.ts";
import { composeCodes } from "./import/compose-codes.ts";
import { hasViolations, type ImportIssue, type ImportReport } from "./import/import-report.ts";
import { planChanges } from "./import/plan-changes.ts";
import { readDrafts, type FieldNames, type ReadResult } from "./import/read-drafts.ts";
import { writePlan } from "./import/write-plan.ts";

/**
 * Overlaps and gaps up to this are forgiven. Survey accuracy class A of city management maps is
 * ±0.5 m, so a piece of 1 m² says nothing about the ground; published open data keep slivers of
 * some tenths of a m² where a neighbour has a corner on another's edge.
 */
export const DEFAULT_TOLERANCE_M2 = 1;

export interface GridImport {
  /** The file's bytes, as they come: GeoJSON, or a ZIP with a Shapefile. */
  source: AsyncIterable<Uint8Array>;
  /** 0 county, 1 street, 2 community, 3 inside a community. */
  level: 0 | 1 | 2 | 3;
  fields: FieldNames;
  crs: CrsName;
  toleranceM2: number;
  /** First day of new versions, `YYYY-MM-DD`; today in the county when absent. */
  validFrom?: string;
  /** The file lists every child of the parents it names: others of theirs end. */
  complete?: boolean;
  /** Check everything, store nothing. */
  dryRun?: boolean;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  phase: "reading" | "checking" | "writing";
  done: number;
  total?: number;
}

/**
 * Imports one level of a county's grids from GeoJSON, in one transaction: all of it, or — with any
 * violation — nothing. Every finding is in the report. The same file again changes nothing; a
 * changed outline begins a new version, and versions that cases refer to stay as they are.
 */
export const importGrids = async (ctx: Ctx, input: GridImport): Promise<ImportReport> => {
  const progress = input.onProgress ?? (() => {});
  const checker = await CoverageChecker.create();
  try {
    const read = await readDrafts(
      asGeoJson(input.source),
      input.fields,
      input.crs,
      checker,
      (done) => progress({ phase: "reading", done }),
    );
    const report = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      checkAndStore(trx, ctx, input, read, checker, progress),
    );
    if (report.stored) gridCache.forget(ctx.db, ctx.county.countyCode);
    return report;
  } finally {
    checker.free();
  }
};

const checkAndStore = async (
  trx: Trx,
  ctx: Ctx,
  input: GridImport,
  read: ReadResult,
  checker: CoverageChecker,
  progress: NonNullable<GridImport["onProgress"]>,
): Promise<ImportReport> => {
  const { countyCode } = ctx.county;
  const { level, toleranceM2 } = input;
  if (read.unreadable) return unread(read, toleranceM2);
  await lockGrids(trx, countyCode);
  const all = await selectCurrentGrids(trx, countyCode);
  const present = all.filter((grid) => grid.level === level);
  const parents = all.filter((grid) => grid.level === level - 1 && isSurveyed(grid));
  const levelLengths: LevelLengths = ctx.county.levelLengths;

  const composed = composeCodes(read.drafts, { countyCode, level, levelLengths, parents });
  const issues = [...read.issues, ...composed.issues];
  const drafts = composed.grids;
  const listed = new Set(drafts.map((draft) => draft.gridCode));
  const touched = new Set(drafts.map((draft) => draft.parentCode));
  const unlisted = present.filter((grid) => !listed.has(grid.gridCode));
  const ends = (grid: CurrentGrid): boolean =>
    input.complete === true && touched.has(grid.parentCode);
  const kept = unlisted.filter((grid) => !ends(grid));
  const plan = planChanges(drafts, present, unlisted.filter(ends));
  const validFrom = input.validFrom ?? dayIn(ctx.county.timeZone, ctx.clock.now());

  const coverage = checkCoverage(checker, {
    drafts,
    kept,
    parents,
    toleranceM2,
    onParent: (done, total) => progress({ phase: "checking", done, total }),
  });
  issues.push(...coverage.issues, ...duplicateNames(drafts, kept));
  const children = all.filter((grid) => grid.level === level + 1);
  const changed = plan.changed.map(({ draft }) => draft);
  issues.push(...checkChildren(checker, changed, children, toleranceM2));
  issues.push(...endedWithChildren(plan.ended, children));
  issues.push(...tooEarly([...changed, ...plan.ended], present, validFrom));

  const store = !hasViolations(issues) && input.dryRun !== true;
  const stored =
    store && (await writePlan(trx, ctx.county, { level, plan, validFrom, all, progress }));
  if (stored) {
    await audit(trx, ctx, {
      action: "grids.import",
      outcome: "done",
      subject: `level${level}`,
      detail: {
        added: plan.added.length,
        changed: plan.changed.length,
        renamed: plan.renamed.length,
        ended: plan.ended.length,
        validFrom,
      },
    });
  }
  return {
    read: read.read,
    added: plan.added.length,
    changed: plan.changed.length,
    renamed: plan.renamed.length,
    unchanged: plan.unchanged,
    refused: read.read - drafts.length,
    ended: plan.ended.length,
    parentsWithoutChildren: coverage.parentsWithoutChildren,
    forgivenM2: coverage.forgivenM2,
    toleranceM2,
    issues,
    stored,
  };
};

/** The account of a file that could not be read to its end: its grids are not judged. */
const unread = ({ read, issues }: ReadResult, toleranceM2: number): ImportReport => ({
  read,
  added: 0,
  changed: 0,
  renamed: 0,
  unchanged: 0,
  refused: read,
  ended: 0,
  parentsWithoutChildren: 0,
  forgivenM2: 0,
  toleranceM2,
  issues,
  stored: false,
});

/** A county outline made from its streets (it has no code of a file) proves nothing about them. */
const isSurveyed = (grid: CurrentGrid): boolean => grid.level > 0 || grid.sourceCode !== null;

const endedWithChildren = (
  ended: readonly CurrentGrid[],
  children: readonly CurrentGrid[],
): ImportIssue[] =>
  ended
    .filter((grid) => children.some((child) => child.parentCode === grid.gridCode))
    .map(({ gridCode, name }) => ({ severity: "violation", code: "has_children", gridCode, name }));

const tooEarly = (
  changing: readonly { gridCode: string; name: string }[],
  present: readonly CurrentGrid[],
  validFrom: string,
): ImportIssue[] => {
  const since = new Map(present.map((grid) => [grid.gridCode, grid.validFrom]));
  return changing.flatMap(({ gridCode, name }): ImportIssue[] => {
    const allowed = since.get(gridCode);
    if (allowed === undefined || validFrom >= allowed) return [];
    const grid = { gridCode, name };
    return [
      { severity: "violation", code: "valid_from_too_early", ...grid, found: validFrom, allowed },
    ];
  });
};

/** The calendar day of an instant in the county's time zone. */
const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
