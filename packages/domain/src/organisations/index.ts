export * from "./coverage.ts";
export * from "./facts.ts";
export { addYears, foldOrganisation, spanOn } from "./fold.ts";
export { checkPlacement, PLACEMENTS, type PlaceFacts } from "./rules.ts";
