export { formerPostTarget } from "./former-post-target.ts";
export { mountReassignments } from "./reassignment-routes.ts";
