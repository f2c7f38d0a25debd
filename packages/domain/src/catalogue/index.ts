export * from "./category-draft.ts";
export * from "./check-catalogue.ts";
export { suggestCategories } from "./suggest-categories.ts";
