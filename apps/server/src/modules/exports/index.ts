export { csvLine } from "./columns.ts";
export { mountExports } from "./export-routes.ts";
export { exportTasks } from "./export-tasks.ts";
