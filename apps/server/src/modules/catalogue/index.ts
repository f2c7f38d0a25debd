export { categoriesOf } from "./catalogue-cache.ts";
export { mountCatalogue } from "./catalogue-routes.ts";
