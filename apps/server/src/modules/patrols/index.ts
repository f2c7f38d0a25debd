export { mountPatrols } from "./patrol-routes.ts";
export { putPoint } from "./put-point.ts";
