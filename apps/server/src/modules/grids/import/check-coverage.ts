import type { Area, CoverageChecker, Piece } from "@onegrid/geo";
import type { GridDraft } from "./compose-codes.ts";
import type { ImportIssue, ViolationCode, WarningCode } from "./import-report.ts";

/** A grid that is in the database already. */
export interface PresentGrid {
  gridCode: string;
  parentCode: string | null;
  name: string;
  area: Area;
}

export interface CoverageInput {
  drafts: readonly GridDraft[];
  /** Grids of the same level that stay beside them. */
  kept: readonly PresentGrid[];
  /** Grids of the level above; the county without an outline of its own is not among them. */
  parents: readonly PresentGrid[];
  toleranceM2: number;
  /** Called after each parent. */
  onParent: (done: number, total: number) => void;
}

/**
 * Checks that the grids of a level do not overlap and cover their parents exactly.
 * The checker holds the drafts' polygons already; the kept ones are added here.
 */
export const checkCoverage = (
  checker: CoverageChecker,
  { drafts, kept, parents, toleranceM2, onParent }: CoverageInput,
): { issues: ImportIssue[]; forgivenM2: number; parentsWithoutChildren: number } => {
  const issues: ImportIssue[] = [];
  const codeOf = new Map<string, { gridCode: string; name: string }>();
  const childrenOf = new Map<string | null, string[]>();
  const place = (
    key: string,
    grid: Pick<PresentGrid, "gridCode" | "name" | "parentCode">,
  ): void => {
    codeOf.set(key, grid);
    childrenOf.set(grid.parentCode, [...(childrenOf.get(grid.parentCode) ?? []), key]);
  };
  for (const draft of drafts) place(draft.key, draft);
  for (const grid of kept) {
    checker.add(`present ${grid.gridCode}`, grid.area);
    place(`present ${grid.gridCode}`, grid);
  }

  for (const { a, b, at, areaM2 } of checker.overlaps(toleranceM2)) {
    const [one, other] = [codeOf.get(a), codeOf.get(b)];
    if (one === undefined || other === undefined) continue;
    const pair = { gridCode: one.gridCode, name: one.name, otherCode: other.gridCode };
    issues.push({ severity: "violation", code: "overlap", ...pair, at, areaM2 });
  }

  const touched = new Set(drafts.map((draft) => draft.parentCode));
  const toCheck = parents.filter((parent) => touched.has(parent.gridCode));
  let forgivenM2 = 0;
  toCheck.forEach((parent, index) => {
    const children = childrenOf.get(parent.gridCode) ?? [];
    const { gaps, outside, sliverM2 } = checker.cover(parent.area, children, toleranceM2);
    forgivenM2 += sliverM2;
    issues.push(...gaps.map((piece) => pieceIssue("violation", "gap", parent, piece)));
    issues.push(
      ...outside.map((piece) => pieceIssue("violation", "outside_parent", parent, piece)),
    );
    onParent(index + 1, toCheck.length);
  });
  if (parents.length === 0) {
    // No outline of the county to compare with: only what the grids themselves enclose is sure.
    const holes = checker.enclosedHoles([...codeOf.keys()], toleranceM2);
    issues.push(
      ...holes.map(({ at, areaM2 }): ImportIssue => {
        return { severity: "warning", code: "enclosed_gap", at, areaM2 };
      }),
    );
  }
  const without = parents.filter((parent) => !childrenOf.has(parent.gridCode));
  return { issues, forgivenM2, parentsWithoutChildren: without.length };
};

/** Finds children that no longer fit a parent whose outline is about to change. */
export const checkChildren = (
  checker: CoverageChecker,
  changed: readonly GridDraft[],
  children: readonly PresentGrid[],
  toleranceM2: number,
): ImportIssue[] =>
  changed.flatMap((parent) => {
    const keys = children
      .filter((child) => child.parentCode === parent.gridCode)
      .map((child) => {
        const key = `child ${child.gridCode}`;
        checker.add(key, child.area);
        return key;
      });
    if (keys.length === 0) return [];
    const { gaps, outside } = checker.cover(parent.area, keys, toleranceM2);
    return [...gaps, ...outside].map((piece) =>
      pieceIssue("warning", "children_no_longer_fit", parent, piece),
    );
  });

/** Names that siblings share; people mix such grids up. */
export const duplicateNames = (
  drafts: readonly GridDraft[],
  kept: readonly PresentGrid[],
): ImportIssue[] => {
  const first = new Map(kept.map((grid) => [`${grid.parentCode}\n${grid.name}`, grid.gridCode]));
  return drafts.flatMap(({ parentCode, name, gridCode, position }): ImportIssue[] => {
    const key = `${parentCode}\n${name}`;
    const otherCode = first.get(key);
    if (otherCode === undefined) {
      first.set(key, gridCode);
      return [];
    }
    return [{ severity: "warning", code: "duplicate_name", gridCode, otherCode, name, position }];
  });
};

const pieceIssue = (
  severity: "violation" | "warning",
  code: ViolationCode | WarningCode,
  { gridCode, name }: { gridCode: string; name: string },
  { at, areaM2 }: Piece,
): ImportIssue => ({ severity, code, gridCode, name, at, areaM2 });
