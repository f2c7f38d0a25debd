export { putPoint } from "./put-point.ts";
export { mountPatrols } from "./patrol-routes.ts";
export { relocatePatrolPoints } from "./patrol-store.ts";
