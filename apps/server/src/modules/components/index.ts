export {
  componentsNamed,
  ownerOfComponent,
  selectNamedComponent,
  type ReportedComponent,
} from "./component-queries.ts";
