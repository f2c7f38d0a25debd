import type { OrganisationBase, OrganisationLevel, Refusal } from "@onegrid/contract";
import type { GridLevel } from "../grids/code.ts";
import type { Refused } from "../refused.ts";
import type { OrganisationPlace } from "./facts.ts";

/**
 * 街道党工委—社区党委—网格党支部—小区（楼栋）党小组, and the branches of property companies and
 * owners' committees: what each level may be built on, in a grid of which levels, and its parents.
 */
export const PLACEMENTS: Record<
  OrganisationLevel,
  {
    bases: readonly OrganisationBase[];
    gridLevels: readonly GridLevel[];
    parents: readonly OrganisationLevel[];
    /**
     * 关于党的基层组织任期的意见 (2018): committees of communities and villages five years, other
     * branches three. A working committee 党工委 is appointed, a Party group 党小组 has no term.
     */
    termYears: number | null;
  }
> = {
  street_committee: { bases: ["grid"], gridLevels: [1], parents: [], termYears: null },
  community_committee: {
    bases: ["grid"],
    gridLevels: [2],
    parents: ["street_committee"],
    termYears: 5,
  },
  grid_branch: {
    bases: ["grid", "estate", "property_company", "owners_committee"],
    gridLevels: [2, 3],
    parents: ["community_committee", "street_committee"],
    termYears: 3,
  },
  party_group: {
    bases: ["estate", "building"],
    gridLevels: [2, 3],
    parents: ["grid_branch", "community_committee"],
    termYears: null,
  },
};

const no = (code: string, detail: string, params: Record<string, unknown>): Refused => {
  const refused: Refusal = { code: `organisations.${code}`, status: 422, detail, params };
  return { refused };
};

/** What the rules need to know of the places an organisation names. */
export type PlaceFacts = {
  /** Level of the grid it belongs to; null: no such grid. */
  gridLevel: GridLevel | null;
  baseExists: boolean;
  /** Level of the parent organisation; null: none named; undefined: no such organisation. */
  parentLevel: OrganisationLevel | null | undefined;
};

/** Null when an organisation may stand where it says, else why not. */
export const checkPlacement = (place: OrganisationPlace, known: PlaceFacts): Refused | null => {
  const rule = PLACEMENTS[place.level];
  if (known.gridLevel === null) {
    return no("unknown_grid", "no such grid", { gridCode: place.gridCode });
  }
  if (!rule.bases.includes(place.base)) {
    return no("wrong_base", "this level is not built on that", {
      level: place.level,
      base: place.base,
      allowed: rule.bases,
    });
  }
  if (!rule.gridLevels.includes(known.gridLevel)) {
    return no("wrong_grid_level", "this level belongs to a grid of another level", {
      level: place.level,
      gridLevel: known.gridLevel,
      allowed: rule.gridLevels,
    });
  }
  if (place.base === "grid" && place.baseCode !== place.gridCode) {
    return no("wrong_base", "an organisation of a grid is built on the grid it belongs to", {
      level: place.level,
      base: place.base,
    });
  }
  if (!known.baseExists) {
    return no("unknown_base", "what it is built on is not in the register", {
      base: place.base,
      baseCode: place.baseCode,
    });
  }
  if (known.parentLevel === undefined) {
    return no("unknown_parent", "no such organisation above it", {
      parentCode: place.parentCode,
    });
  }
  if (known.parentLevel !== null && !rule.parents.includes(known.parentLevel)) {
    return no("wrong_parent", "an organisation of that level cannot stand above it", {
      level: place.level,
      parentLevel: known.parentLevel,
      allowed: rule.parents,
    });
  }
  return null;
};
