export * from "./address.ts";
export * from "./emergency.ts";
export * from "./message.ts";
export * from "./satisfaction.ts";
