export { addCounty, countyProblem, type NewCounty } from "./add-county.ts";
export { countyFor } from "./county-of-request.ts";
export { type KnownCounty, readCounties } from "./county-queries.ts";
export { mountCounty } from "./county-routes.ts";
export { countyView } from "./county-view.ts";
