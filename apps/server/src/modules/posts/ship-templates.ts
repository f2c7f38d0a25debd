import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemActor, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { loadPosts, type StaffedPosts } from "./load-posts.ts";

const FILE = join(import.meta.dirname, "shipped-templates.json");

/** The kinds of posts that are shipped, with the sample text 示例 of their duties. */
export const shippedTemplates = (): StaffedPosts["templates"] =>
  (JSON.parse(readFileSync(FILE, "utf8")) as Pick<StaffedPosts, "templates">).templates;

/**
 * Gives a county the shipped kinds of posts, so that posts can be opened and brought in; their duty
 * lists are marked as sample text until the county publishes its own. A county that has kinds of
 * posts keeps them. Answers whether anything was added.
 */
export const shipTemplates = async (ctx: Omit<Ctx, "actor" | "requestId">): Promise<boolean> => {
  const { countyCode } = ctx.county;
  const actor = systemActor(countyCode);
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const known = await inScope(ctx.db, scope, (trx) =>
    trx
      .selectFrom("post_template")
      .select("template_code")
      .where("county_code", "=", countyCode)
      .limit(1)
      .executeTakeFirst(),
  );
  if (known !== undefined) return false;
  await loadPosts(
    { ...ctx, actor, requestId: "ship" },
    { templates: shippedTemplates(), posts: [] },
  );
  return true;
};
