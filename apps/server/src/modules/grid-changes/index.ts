export { mountGridChanges } from "./grid-change-routes.ts";
export { gridChangeTasks, takeEffect } from "./take-effect.ts";
