import type { Candidacy, Reassignment } from "@onegrid/contract";
import { sql } from "kysely";
import { todayOf, type StaffCtx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { countHeld, maxPostsOf, tooManyPosts } from "../posts/index.ts";
import { performAct } from "./act.ts";
import { selectablePost } from "./offer-posts.ts";
import { noSuchCandidacy, notEligible } from "./problems.ts";
import type { Standing } from "./read-reassignments.ts";

export type Selecting = {
  reassignmentId: string;
  postCode: string;
  /** Null: nobody after all. */
  candidacyId: string | null;
  reason: string;
};

/** Posts of this reassignment the person is selected for and not yet appointed to. */
const awaited = ({ posts }: Standing, personId: string, postCode: string): number =>
  posts.filter(
    (post) =>
      post.postCode !== postCode &&
      post.appointment === null &&
      post.state !== "returned" &&
      post.candidacies.some(
        (each) => each.candidacyId === post.selectedId && each.personId === personId,
      ),
  ).length;

const checkCandidate = async (
  trx: Trx,
  ctx: StaffCtx,
  standing: Standing,
  { personId, state, barred, postCode }: Candidacy,
): Promise<void> => {
  const { countyCode } = ctx.county;
  if (state !== "eligible" || barred) throw new ProblemError(notEligible({ state }));
  const max = await maxPostsOf(trx, countyCode);
  const held = await countHeld(trx, countyCode, personId, todayOf(ctx));
  if (held + awaited(standing, personId, postCode) + 1 > max) {
    throw new ProblemError(tooManyPosts({ max }));
  }
};

/**
 * Selects one of the eligible for a post, within the county's limit of posts a person may hold.
 * Throws `reassignment.*`, `posts.too_many_posts`.
 */
export const selectCandidate = (ctx: StaffCtx, selecting: Selecting): Promise<Reassignment> => {
  const { reassignmentId, postCode, candidacyId, reason } = selecting;
  return performAct(ctx, reassignmentId, "select", {
    prepare: async (trx, standing) => {
      const post = selectablePost(standing, postCode);
      if (candidacyId === null) return post;
      const chosen = post.candidacies.find((each) => each.candidacyId === candidacyId);
      if (chosen === undefined) throw new ProblemError(noSuchCandidacy());
      await checkCandidate(trx, ctx, standing, chosen);
      return post;
    },
    store: async (trx) => {
      await sql`
        UPDATE offered_post SET selected_id = ${candidacyId}::uuid,
          selection_reason = ${candidacyId === null ? null : reason}, notice_id = NULL
        WHERE county_code = ${ctx.county.countyCode} AND post_code = ${postCode}
          AND reassignment_id = ${reassignmentId}::uuid`.execute(trx);
      return { postCode, candidacyId, reason };
    },
  });
};
