export * from "./appointments.ts";
export * from "./mask.ts";
