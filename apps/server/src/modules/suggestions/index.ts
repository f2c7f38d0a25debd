import { suggestCategoriesFor } from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { suggest } from "./suggest.ts";

export { suggestionTasks } from "./train-weekly.ts";
export { LEAST_EXAMPLES, trainCategories, type Trained } from "./train-categories.ts";

export const mountSuggestions: MountRoutes = (app, { gate }) => {
  mount(app, gate, suggestCategoriesFor, (ctx, { body }) => suggest(ctx, body.text));
};
