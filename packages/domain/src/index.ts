export * from "./cases/index.ts";
export * from "./grids/code.ts";
export * from "./organisations/index.ts";
export * from "./refused.ts";
export * from "./registers/index.ts";
export * from "./calendar/index.ts";
export * from "./clocks/index.ts";
export * from "./catalogue/index.ts";
