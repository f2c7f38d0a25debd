import type { Post, PostTemplate } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { gridsOf } from "../grids/index.ts";
import { selectPosts, selectTemplates, type PostFilters } from "./post-queries.ts";
import {
  badCursor,
  outsideScope,
  postCodeTaken,
  unknownGrid,
  unknownTemplate,
  versionConflict,
  wrongGridLevel,
} from "./problems.ts";

const PAGE = 50;

/** Kinds of posts with the duties in force. */
export const listTemplates = (ctx: Ctx): Promise<PostTemplate[]> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => selectTemplates(trx, ctx.county.countyCode));

/** A page of the posts of a day. Throws `posts.bad_cursor`. */
export const listPosts = async (
  ctx: Ctx,
  {
    on,
    cursor,
    limit = PAGE,
    ...filters
  }: PostFilters & {
    on?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<{ on: string; posts: Post[]; nextCursor: string | null }> => {
  const { countyCode } = ctx.county;
  const day = on ?? todayOf(ctx);
  const afterCode = cursor === undefined ? null : readCodeCursor(cursor, badCursor());
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectPosts(trx, countyCode, day, { ...filters, afterCode, limit: limit + 1 }),
  );
  const posts = found.slice(0, limit);
  const last = found.length > limit ? posts.at(-1) : undefined;
  return {
    on: day,
    posts,
    nextCursor: last === undefined ? null : writeCodeCursor(last.postCode),
  };
};

export type NewPost = {
  postCode: string;
  templateCode: string;
  gridCode: string;
  dutyPhone: string | null;
  serviceHours: string | null;
  openedOn: string;
};

/**
 * Checks that posts of a kind may be opened in these grids. Throws `posts.unknown_template`,
 * `.unknown_grid`, `.wrong_grid_level`, `.outside_scope`.
 */
export const checkNewPosts = async (
  trx: Trx,
  ctx: Ctx,
  templateCode: string,
  gridCodes: readonly string[],
  scopeCode: string,
): Promise<void> => {
  const outside = gridCodes.find((gridCode) => !isWithin(gridCode, scopeCode));
  if (outside !== undefined) throw new ProblemError(outsideScope({ gridCode: outside }));
  const grids = await gridsOf(ctx);
  const template = (await selectTemplates(trx, ctx.county.countyCode)).find(
    (known) => known.templateCode === templateCode,
  );
  if (template === undefined) throw new ProblemError(unknownTemplate({ templateCode }));
  for (const gridCode of gridCodes) {
    const grid = grids.get(gridCode);
    if (grid === undefined) throw new ProblemError(unknownGrid({ gridCode }));
    if (template.gridLevel !== grid.level) {
      throw new ProblemError(
        wrongGridLevel({ gridLevel: grid.level, allowed: template.gridLevel }),
      );
    }
  }
};

/** Stores new posts that were checked. Throws `posts.code_taken`. */
export const insertPosts = async (trx: Trx, ctx: Ctx, posts: readonly NewPost[]): Promise<void> => {
  if (posts.length === 0) return;
  try {
    await trx
      .insertInto("post")
      .values(
        posts.map((post) => ({
          county_code: ctx.county.countyCode,
          post_code: post.postCode,
          template_code: post.templateCode,
          grid_code: post.gridCode,
          duty_phone: post.dutyPhone,
          service_hours: post.serviceHours,
          opened_on: post.openedOn,
          sample: false,
        })),
      )
      .execute();
  } catch (error) {
    if (violatedConstraint(error) !== "post_pkey") throw error;
    throw new ProblemError(postCodeTaken({ postCode: posts[0]?.postCode }));
  }
  for (const { postCode } of posts) {
    await audit(trx, ctx, { action: "post.open", outcome: "done", subject: postCode });
  }
};

/**
 * Opens a post. Throws `posts.code_taken`, `.unknown_template`, `.unknown_grid`,
 * `.wrong_grid_level`, `.outside_scope`.
 */
export const openPost = (ctx: Ctx, post: NewPost): Promise<{ postCode: string }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { postCode, templateCode, gridCode } = post;
    await checkNewPosts(trx, ctx, templateCode, [gridCode], ctx.actor.scopeCode);
    await insertPosts(trx, ctx, [post]);
    return { postCode };
  });

/**
 * Publishes the next version of a duty list; those who hold such a post acknowledge it anew. Throws
 * `posts.unknown_template`, `posts.version_conflict`.
 */
export const putDuties = (
  ctx: Ctx,
  templateCode: string,
  { baseVersion, duties }: { baseVersion: number; duties: string[] },
): Promise<PostTemplate> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    await trx
      .selectFrom("post_template")
      .select("template_code")
      .where("county_code", "=", countyCode)
      .where("template_code", "=", templateCode)
      .forUpdate()
      .execute();
    const find = async () =>
      (await selectTemplates(trx, countyCode)).find((t) => t.templateCode === templateCode);
    const before = await find();
    if (before === undefined) throw new ProblemError(unknownTemplate({ templateCode }));
    if (before.dutyVersion !== baseVersion) {
      throw new ProblemError(versionConflict({ baseVersion, version: before.dutyVersion }));
    }
    await trx
      .insertInto("duty_list")
      .values({
        county_code: countyCode,
        template_code: templateCode,
        version: baseVersion + 1,
        duties,
        published_at: ctx.clock.now(),
        account_id: ctx.actor.accountId,
        sample: false,
      })
      .execute();
    await audit(trx, ctx, {
      action: "duties.publish",
      outcome: "done",
      subject: templateCode,
      detail: { version: baseVersion + 1, duties: duties.length },
    });
    const after = await find();
    if (after === undefined) throw new RangeError(`template ${templateCode} is gone`);
    return after;
  });
