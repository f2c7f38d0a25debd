/** Changing the outlines of siblings: pure functions for the browser and the server alike. */
export { areaM2 } from "../area.ts";
export { boundsOf, plainPositions, type Area, type Bounds, type LngLat } from "../lng-lat.ts";
export { balancedSplit, type BalancedPiece, type WeightedPlace } from "./balance.ts";
export { checkPartition, type PartitionFinding } from "./check.ts";
export { moveCorner, reshape, shareCorners } from "./corners.ts";
export { drawInto, type DrawRefusal } from "./draw.ts";
export { mergeAreas } from "./overlay.ts";
export { isInArea, placeIn } from "./segments.ts";
export { splitByLine, type SplitRefusal } from "./split.ts";
