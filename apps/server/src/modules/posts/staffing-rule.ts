import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import { selectMaxPosts } from "./post-queries.ts";

type StaffingRule = { maxPostsPerPerson: number };

/** What the county says about holding several posts. */
export const getStaffingRule = (ctx: Ctx): Promise<StaffingRule> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    maxPostsPerPerson: await selectMaxPosts(trx, ctx.county.countyCode),
  }));

/** Sets it for appointments from now on; those that stand are not touched. */
export const putStaffingRule = (
  ctx: Ctx,
  { maxPostsPerPerson }: StaffingRule,
): Promise<StaffingRule> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const values = { max_posts_per_person: maxPostsPerPerson };
    await trx
      .insertInto("staffing_rule")
      .values({ county_code: countyCode, ...values })
      .onConflict((conflict) => conflict.column("county_code").doUpdateSet(values))
      .execute();
    await audit(trx, ctx, {
      action: "staffing.rule",
      outcome: "done",
      detail: { maxPostsPerPerson },
    });
    return { maxPostsPerPerson };
  });
