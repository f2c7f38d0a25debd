export { addDepartments } from "./add-departments.ts";
export { categoriesOf, departmentsOf } from "./catalogue-cache.ts";
export { mountCatalogue } from "./catalogue-routes.ts";
export { type CatalogueImportReport, importCatalogue } from "./import-catalogue.ts";
export { COUNTED_KINDS } from "./import/import-plan.ts";
export type { ImportIssue } from "./import/read-file.ts";
export { putCategory } from "./put-category.ts";
