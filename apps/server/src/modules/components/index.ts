export {
  componentsNamed,
  ownerOfComponent,
  selectNamedComponent,
  type ReportedComponent,
} from "./component-queries.ts";
export { mountComponents } from "./component-routes.ts";
export { COMPONENT_MIN_ZOOM, componentTile } from "./component-tile.ts";
