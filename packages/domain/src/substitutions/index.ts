export * from "./substitution.ts";
