import type { GridChange } from "@onegrid/contract";

/** Which grids become which, by name. */
export const becomes = ({ replaces, gridNames }: GridChange): string =>
  `${replaces.map(({ name }) => name).join("、") || "—"} → ${gridNames.join("、")}`;
