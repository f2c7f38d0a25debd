import { GRID_MAP } from "../../platform/grid-change-queries.ts";
import { deedOn } from "../../shared/use-deed.ts";

/** Something done to a change of grids. */
export const useGridDeed = deedOn(GRID_MAP, "grids>done");
