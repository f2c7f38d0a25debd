import type { LevelLengths } from "@onegrid/domain";
import type { ImportIssue, ViolationCode } from "./import-report.ts";
import type { FeatureDraft } from "./read-drafts.ts";

/** A draft with its place in the county's own hierarchy of codes. */
export interface GridDraft extends FeatureDraft {
  gridCode: string;
  parentCode: string | null;
}

/** A present grid of the level above, by which drafts name their parent. */
export interface ParentKey {
  gridCode: string;
  sourceCode: string | null;
}

export interface CodeRules {
  countyCode: string;
  level: number;
  levelLengths: LevelLengths;
  parents: readonly ParentKey[];
}

const CODE = /^[0-9A-Za-z-]{1,32}$/;

/**
 * Gives every draft its code and its parent's.
 *
 * A code that already begins with the parent's and has the level's length is taken as it is
 * (Chinese division codes). Any other is local to its parent and is composed: parent's code +
 * file's code, which must come to the level's length (`3` + `BK09`). The parent is named by the
 * parent property — with the code it has in the system or had in its own file — or, where there is
 * none, is the prefix of the code. At level 1 it is the county.
 */
export const composeCodes = (
  drafts: readonly FeatureDraft[],
  rules: CodeRules,
): { grids: GridDraft[]; issues: ImportIssue[] } => {
  const byName = parentsByName(rules.parents);
  const grids: GridDraft[] = [];
  const issues: ImportIssue[] = [];
  const seen = new Map<string, GridDraft>();
  for (const draft of drafts) {
    const place = rules.level === 0 ? countyItself(rules) : placeOf(draft, rules, byName);
    const { fileCode, name, position } = draft;
    if ("problem" in place) {
      issues.push({ severity: "violation", gridCode: fileCode, name, position, ...place.problem });
      continue;
    }
    const twin = seen.get(place.gridCode);
    if (twin !== undefined) {
      const { gridCode } = place;
      const found = `also in line ${twin.position.line}`;
      issues.push({
        severity: "violation",
        code: "duplicate_code",
        gridCode,
        name,
        position,
        found,
      });
      continue;
    }
    const grid = { ...draft, ...place };
    seen.set(grid.gridCode, grid);
    grids.push(grid);
  }
  if (rules.level === 0 && drafts.length > 1) {
    issues.push({
      severity: "violation",
      code: "not_one_county",
      found: `${drafts.length} features`,
      allowed: "1",
    });
  }
  return { grids, issues };
};

type Place = { gridCode: string; parentCode: string | null };
type Refused = { problem: { code: ViolationCode; found?: string; allowed?: string } };

const countyItself = (rules: CodeRules): Place => ({
  gridCode: rules.countyCode,
  parentCode: null,
});

const parentsByName = (parents: readonly ParentKey[]): Map<string, Set<string>> => {
  const byName = new Map<string, Set<string>>();
  for (const { gridCode, sourceCode } of parents) {
    for (const name of new Set([gridCode, sourceCode ?? gridCode])) {
      byName.set(name, (byName.get(name) ?? new Set()).add(gridCode));
    }
  }
  return byName;
};

const placeOf = (
  { fileCode, fileParent }: FeatureDraft,
  rules: CodeRules,
  byName: Map<string, Set<string>>,
): Place | Refused => {
  if (!CODE.test(fileCode)) {
    return { problem: { code: "code_malformed", found: fileCode, allowed: "0-9 A-Z a-z -" } };
  }
  const { level, levelLengths, countyCode } = rules;
  const length = levelLengths[level] as number;
  const parentLength = levelLengths[level - 1] as number;
  const named = fileParent ?? (level === 1 ? countyCode : fileCode.slice(0, parentLength));
  const found = level === 1 && named === countyCode ? [countyCode] : [...(byName.get(named) ?? [])];
  const [parentCode, another] = found;
  if (parentCode === undefined) {
    const code = fileParent === undefined && level > 1 ? "parent_missing" : "parent_unknown";
    return { problem: { code, found: named, allowed: `a grid of level ${level - 1}` } };
  }
  if (another !== undefined) {
    return { problem: { code: "parent_ambiguous", found: named, allowed: found.join(", ") } };
  }
  const isWhole = fileCode.startsWith(parentCode) && fileCode.length === length;
  const gridCode = isWhole ? fileCode : parentCode + fileCode;
  if (gridCode.length !== length) {
    const allowed = `${length} characters, or ${length - parentCode.length} below ${parentCode}`;
    return { problem: { code: "code_length", found: fileCode, allowed } };
  }
  return { gridCode, parentCode };
};
