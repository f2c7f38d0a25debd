import type { EndpointAnswer, PatrolLook, recordLooks as endpoint } from "@onegrid/contract";
import { dayNumberOf, dayOf } from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { problemDocument, ProblemError } from "../../platform/problems.ts";
import { gridOfSpot } from "./patrol-queries.ts";
import { storeLook } from "./patrol-store.ts";
import { dayOutOfRange, unknownSpot } from "./problems.ts";

/** A phone may have been off the net for a while. */
const OLDEST_DAYS = 31;

const takeLook = async (ctx: StaffCtx, look: PatrolLook): Promise<void> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const earliest = dayOf((dayNumberOf(today) ?? 0) - OLDEST_DAYS);
  if (look.lookedOn > today || look.lookedOn < earliest) {
    throw new ProblemError(dayOutOfRange(today, earliest));
  }
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const gridCode = await gridOfSpot(trx, countyCode, look.spot);
    if (gridCode === null) throw new ProblemError(unknownSpot(look.spot));
    await storeLook(trx, countyCode, gridCode, look);
  });
};

/**
 * Writes down what was looked at, each in a transaction of its own. Who looked is not written: the
 * grid's worker has the duty, and the day is all that a round needs.
 */
export const recordLooks = async (
  ctx: StaffCtx,
  looks: readonly PatrolLook[],
): Promise<EndpointAnswer<typeof endpoint>> => {
  const results: EndpointAnswer<typeof endpoint>["results"] = [];
  for (const look of looks) {
    const { spot, lookedOn } = look;
    try {
      await takeLook(ctx, look);
      results.push({ outcome: "taken", spot, lookedOn });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const problem = problemDocument(error.refusal, ctx.requestId);
      results.push({ outcome: "refused", spot, problem });
    }
  }
  return { results };
};
