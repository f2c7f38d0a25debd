import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, text } from "./primitives.ts";

export const suggestCategoriesFor = endpoint({
  name: "suggestions.suggest",
  method: "POST",
  path: "/api/v1/suggestions",
  permission: "cases.report",
  summary: "Categories that fit somebody's words, best first. Only suggests; people decide",
  body: z.strictObject({ text: text(1000, 1) }),
  answer: z.object({
    suggestions: z
      .array(
        z.object({
          categoryCode: Code,
          /** Share of belief, 0 to 1; null where the words of the list alone were compared. */
          share: z.number().nullable(),
        }),
      )
      .max(5),
    /** Version of the county's own model; null while it has none. */
    modelVersion: z.number().int().nullable(),
  }),
});
