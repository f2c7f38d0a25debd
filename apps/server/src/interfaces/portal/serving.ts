import type { GridServing } from "@onegrid/contract";
import { listPublicNotices } from "../../modules/notices/index.ts";
import { listPosts, listTemplates } from "../../modules/posts/index.ts";
import type { Ctx } from "../../platform/context.ts";

const POSTS_AT_MOST = 100;
const NOTICES_AT_MOST = 10;

/** Who serves these grids (smallest first), their duties, and the open notices about the smallest. */
export const servingOf = async (ctx: Ctx, gridCodes: readonly string[]): Promise<GridServing> => {
  const [grid] = gridCodes;
  const [{ posts }, templates, { notices }] = await Promise.all([
    listPosts(ctx, { grids: gridCodes, limit: POSTS_AT_MOST }),
    listTemplates(ctx),
    listPublicNotices(ctx, { grid, limit: NOTICES_AT_MOST }),
  ]);
  const order = new Map(templates.map(({ templateCode }, index) => [templateCode, index]));
  const rank = (code: string) => order.get(code) ?? 0;
  const used = new Set(posts.map(({ templateCode }) => templateCode));
  return {
    posts: posts.toSorted(
      (a, b) =>
        b.gridCode.length - a.gridCode.length || rank(a.templateCode) - rank(b.templateCode),
    ),
    templates: templates.filter(({ templateCode }) => used.has(templateCode)),
    notices: notices.filter(({ isOpen }) => isOpen),
  };
};
