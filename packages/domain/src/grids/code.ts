import type { GridTier, Tier } from "@onegrid/contract";

/** Lengths of a code at level 0 (county) to 3, e.g. `[6, 9, 12, 15]`; a county chooses its own. */
export type LevelLengths = readonly [number, number, number, number];
export type GridLevel = 0 | 1 | 2 | 3;

/** Level of a code by its length; undefined when the length belongs to no level. */
export const levelOf = (code: string, lengths: LevelLengths): GridLevel | undefined => {
  const level = lengths.indexOf(code.length);
  return level === -1 ? undefined : (level as GridLevel);
};

/** Code of the ancestor at `level`, or undefined when the code itself is higher up. */
export const ancestorAt = (
  code: string,
  level: GridLevel,
  lengths: LevelLengths,
): string | undefined => {
  const length = lengths[level];
  return code.length < length ? undefined : code.slice(0, length);
};

/** True when `code` is `scope` or lies below it. */
export const isWithin = (code: string, scope: string): boolean => code.startsWith(scope);

const LEVEL_OF_TIER: Record<GridTier, GridLevel> = { county: 0, level1: 1, level2: 2, level3: 3 };
const TIER_OF_LEVEL = ["county", "level1", "level2", "level3"] as const;

export const levelOfTier = (tier: GridTier): GridLevel => LEVEL_OF_TIER[tier];
export const tierOfLevel = (level: GridLevel): GridTier => TIER_OF_LEVEL[level];
export const isGridTier = (tier: Tier): tier is GridTier => tier !== "department";

export type GridHolder = { tier: GridTier; holderCode: string };

/**
 * Who holds a case at a grid tier. Where the place has no grid that deep (a community without
 * level-3 grids, a point outside every grid), the nearest tier above holds it, so that no case
 * is ever without a holder.
 */
export const gridHolder = (tier: GridTier, gridCode: string, lengths: LevelLengths): GridHolder => {
  const own = levelOf(gridCode, lengths) ?? 0;
  const level = Math.min(levelOfTier(tier), own) as GridLevel;
  return { tier: tierOfLevel(level), holderCode: gridCode.slice(0, lengths[level]) };
};
