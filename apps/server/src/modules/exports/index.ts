export { mountExports } from "./export-routes.ts";
export { exportTasks } from "./export-tasks.ts";
export { mountListFiles } from "./list-files.ts";
export { csvOf, xlsxOf, type TextSheet } from "./write-tables.ts";
