export { mountImports } from "./import-routes.ts";
export { importTasks } from "./import-tasks.ts";
export { markTable } from "./mark-table.ts";
export { runImport, type ImportDone } from "./run-import.ts";
export { writeTemplate } from "./write-template.ts";
