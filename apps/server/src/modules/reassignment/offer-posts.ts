import { REASSIGNMENT_MAX_POSTS, type OfferedPost, type Reassignment } from "@onegrid/contract";
import { isSelectable, postsToOpen, type KnownPost } from "@onegrid/domain";
import { sql } from "kysely";
import { todayOf, type StaffCtx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { checkNewPosts, insertPosts } from "../posts/index.ts";
import { performAct } from "./act.ts";
import { postNotOffered, postNotSelectable, tooManyPosts } from "./problems.ts";
import type { Standing } from "./read-reassignments.ts";

export type Offering = {
  reassignmentId: string;
  templateCode: string;
  gridCodes: readonly string[];
  perGrid: number;
  dutyPhone: string | null;
  serviceHours: string | null;
};

/** Posts of some grids with whether somebody holds or will hold them, or they are offered. */
const selectKnownPosts = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  reassignmentId: string,
  today: string,
): Promise<KnownPost[]> => {
  const { rows } = await sql<KnownPost>`
    SELECT p.post_code AS "postCode", p.grid_code AS "gridCode",
      p.template_code AS "templateCode", p.closed_on IS NOT NULL
        OR EXISTS (SELECT FROM appointment a WHERE a.county_code = p.county_code
          AND a.post_code = p.post_code AND (a.ends_on IS NULL OR a.ends_on > ${today}::date))
        OR EXISTS (SELECT FROM offered_post o WHERE o.county_code = p.county_code
          AND o.post_code = p.post_code AND o.reassignment_id = ${reassignmentId}::uuid
          AND o.removed_at IS NULL) AS "isTaken"
    FROM post p WHERE p.county_code = ${countyCode}
      AND p.grid_code = ANY (${gridCodes as string[]}::text[])
    ORDER BY p.post_code`.execute(trx);
  return rows;
};

const storeOffer = async (
  trx: Trx,
  ctx: StaffCtx,
  { posts, row }: Standing,
  offering: Offering,
) => {
  const { countyCode } = ctx.county;
  const { reassignmentId, templateCode, gridCodes, perGrid, dutyPhone, serviceHours } = offering;
  const today = todayOf(ctx);
  await checkNewPosts(trx, ctx, templateCode, gridCodes, row.streetCode);
  const known = await selectKnownPosts(trx, countyCode, gridCodes, reassignmentId, today);
  const offered = postsToOpen(gridCodes, templateCode, perGrid, known);
  if (posts.length + offered.length > REASSIGNMENT_MAX_POSTS) {
    throw new ProblemError(tooManyPosts({ most: REASSIGNMENT_MAX_POSTS }));
  }
  const opened = offered.filter(({ isNew }) => isNew);
  await insertPosts(
    trx,
    ctx,
    opened.map(({ postCode, gridCode }) => ({
      postCode,
      templateCode,
      gridCode,
      dutyPhone,
      serviceHours,
      openedOn: today,
    })),
  );
  await sql`
    INSERT INTO offered_post (county_code, reassignment_id, post_code)
    SELECT ${countyCode}, ${reassignmentId}::uuid, code
    FROM unnest(${offered.map(({ postCode }) => postCode)}::text[]) AS r(code)
    ON CONFLICT (county_code, reassignment_id, post_code) DO UPDATE SET removed_at = NULL`.execute(
    trx,
  );
  return { templateCode, offered: offered.length, opened: opened.length };
};

/**
 * Offers posts of a kind in grids of the street. Throws `reassignment.*`, `posts.unknown_template`,
 * `.unknown_grid`, `.wrong_grid_level`, `.outside_scope`, `.code_taken`.
 */
export const offerPosts = (ctx: StaffCtx, offering: Offering): Promise<Reassignment> =>
  performAct(ctx, offering.reassignmentId, "open_posts", {
    prepare: () => offering,
    store: (trx, standing) => storeOffer(trx, ctx, standing, offering),
  });

/** The offered post of a code. Throws `reassignment.post_not_offered`. */
export const offeredPost = ({ posts }: Standing, postCode: string): OfferedPost => {
  const found = posts.find((post) => post.postCode === postCode);
  if (found === undefined) throw new ProblemError(postNotOffered({ postCode }));
  return found;
};

/** The same, while somebody is still to be selected. Throws `reassignment.post_not_selectable`. */
export const selectablePost = (standing: Standing, postCode: string): OfferedPost => {
  const post = offeredPost(standing, postCode);
  if (!isSelectable(post.state)) {
    throw new ProblemError(postNotSelectable({ postCode, state: post.state }));
  }
  return post;
};

/** Takes a post out again. Throws `reassignment.*`, among them `.post_not_selectable`. */
export const removeOfferedPost = (
  ctx: StaffCtx,
  {
    reassignmentId,
    postCode,
    reason,
  }: { reassignmentId: string; postCode: string; reason: string },
): Promise<Reassignment> =>
  performAct(ctx, reassignmentId, "remove_post", {
    prepare: (_trx, standing) => selectablePost(standing, postCode),
    store: async (trx) => {
      await sql`
        UPDATE offered_post SET removed_at = ${ctx.clock.now()}, selected_id = NULL,
          selection_reason = NULL, notice_id = NULL
        WHERE county_code = ${ctx.county.countyCode} AND post_code = ${postCode}
          AND reassignment_id = ${reassignmentId}::uuid`.execute(trx);
      return { postCode, reason };
    },
  });
