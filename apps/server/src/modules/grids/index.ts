export { CountyGrids, type GridReference } from "./county-grids.ts";
export { gridCache, gridsOf, gridsOn } from "./county-cache.ts";
export { selectCurrentGrids, type CurrentGrid } from "./grid-queries.ts";
export { endVersions, insertVersions, lockGrids, type GridVersion } from "./grid-store.ts";
export { gridNotFound } from "./problems.ts";
export { exportGridFile } from "./export-grids.ts";
export { mountGrids } from "./grid-routes.ts";
export {
  DEFAULT_TOLERANCE_M2,
  importGrids,
  type GridImport,
  type ImportProgress,
} from "./import-grids.ts";
export type { ImportIssue, ImportReport } from "./import/import-report.ts";
export { DEFAULT_FIELDS } from "./import/read-drafts.ts";
export { locateResponsible, responsibleFor } from "./locate-responsible.ts";
export { gridView } from "./grid-views.ts";
