import type { Reassignment } from "@onegrid/contract";
import { openCasesOf } from "@onegrid/domain";
import { sql } from "kysely";
import type { StaffCtx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { performAct } from "./act.ts";
import { offeredPost } from "./offer-posts.ts";
import { notAppointed } from "./problems.ts";

/**
 * Records that the open cases of these posts' grids were handed to the new holders, with how many
 * there were. Posts that were handed over stay as they are. Throws `reassignment.*`.
 */
export const handOverPosts = (
  ctx: StaffCtx,
  { reassignmentId, postCodes }: { reassignmentId: string; postCodes: readonly string[] },
): Promise<Reassignment> =>
  performAct(ctx, reassignmentId, "hand_over", {
    prepare: (_trx, standing) => {
      const named = [...new Set(postCodes)].map((code) => offeredPost(standing, code));
      const early = named.find(({ appointment }) => appointment === null);
      if (early !== undefined) throw new ProblemError(notAppointed({ postCode: early.postCode }));
      const posts = named.filter(({ state }) => state === "appointed");
      return posts.length === 0 ? null : posts;
    },
    store: async (trx, _standing, posts) => {
      const rows = posts.map(({ postCode, openCases }) => ({ postCode, openCases }));
      await sql`
        UPDATE offered_post o SET handed_over_at = ${ctx.clock.now()},
          handed_over_cases = r."openCases"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r("postCode" text, "openCases" integer)
        WHERE o.county_code = ${ctx.county.countyCode} AND o.post_code = r."postCode"
          AND o.reassignment_id = ${reassignmentId}::uuid`.execute(trx);
      return { posts: posts.length, cases: openCasesOf(posts) };
    },
  });
