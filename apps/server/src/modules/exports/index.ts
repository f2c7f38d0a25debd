export { mountExports } from "./export-routes.ts";
export { exportTasks } from "./export-tasks.ts";
