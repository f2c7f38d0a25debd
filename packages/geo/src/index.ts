export { areaM2 } from "./area.ts";
export { CoverageChecker, type Invalidity, type Overlap, type Piece } from "./coverage.ts";
export { areaToWgs84, CRS_NAMES, fromGcj02, toGcj02, toWgs84, type CrsName } from "./crs.ts";
export { areaFromGeoJson, type GeometryResult } from "./geojson-geometry.ts";
export {
  FEATURE_PROBLEM_CODES,
  FILE_PROBLEM_CODES,
  GEOMETRY_NOTE_CODES,
  type FeatureProblemCode,
  type FilePosition,
  type FileProblemCode,
  type GeoJsonProblem,
  type GeometryNoteCode,
} from "./geojson-problems.ts";
export { readAreaFeatures, type AreaFeature, type ReadItem } from "./geojson-reader.ts";
export {
  GRID_LAYER,
  GRID_TILE_MAX_ZOOM,
  GridTiles,
  LABEL_LAYER,
  type TileGrid,
} from "./grid-tiles.ts";
export { labelPlace } from "./label.ts";
export {
  boundsOf,
  joinBounds,
  positionCount,
  type Area,
  type Bounds,
  type LngLat,
  type Ring,
} from "./lng-lat.ts";
export {
  createLevelledLocator,
  createLocator,
  type LocatableGrid,
  type Locator,
} from "./locator.ts";
export { CELLS_A_SIDE_LOG2, clusterTile, type PointCell } from "./point-clusters.ts";
export {
  isTileAddress,
  latOfTileY,
  lngOfTileX,
  TILE_KEY_ZOOM,
  tileKey,
  tileKeyDivisor,
  tileKeyRange,
  tileX,
  tileY,
} from "./tile-key.ts";
export { unionOf } from "./union.ts";
export { rewound } from "./winding.ts";
