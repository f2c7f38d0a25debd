// First: it decides how every schema below is made.
import "./parsers-in-browsers.ts";
export * from "./attachments.ts";
export * from "./board.ts";
export * from "./calendar.ts";
export * from "./cases.ts";
export * from "./catalogue.ts";
export * from "./components.ts";
export * from "./county.ts";
export * from "./endpoint.ts";
export * from "./grids.ts";
export * from "./portal-pages.ts";
export * from "./primitives.ts";
export * from "./problem.ts";
export * from "./public-cases.ts";
export * from "./session.ts";
export * from "./uploads.ts";
export * from "./words.ts";
