export {
  componentsNamed,
  ownerOfComponent,
  selectNamedComponent,
  type ReportedComponent,
} from "./component-queries.ts";
export { exportComponentFile } from "./export-components.ts";
export { mountComponents } from "./component-routes.ts";
export { componentTile } from "./component-tile.ts";
export { importComponents, type ComponentImportReport } from "./import-components.ts";
export type { ComponentIssue } from "./import/read-components.ts";
export { componentTarget } from "./import-target.ts";
export { relocateComponents } from "./component-store.ts";
