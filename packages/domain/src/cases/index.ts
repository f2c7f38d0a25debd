export * from "./actor.ts";
export * from "./case.ts";
export * from "./decide.ts";
export * from "./event.ts";
export * from "./fold.ts";
export * from "./lifecycle.ts";
export * from "./open.ts";
export * from "./tally.ts";
