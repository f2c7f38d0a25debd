export { mountRegisters } from "./register-routes.ts";
export { loadRows } from "./load-rows.ts";
export { registerTarget } from "./import-target.ts";
export { moveRows } from "./move-rows.ts";
