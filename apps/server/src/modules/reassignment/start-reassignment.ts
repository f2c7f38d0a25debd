import type { Reassignment } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { gridsOf } from "../grids/index.ts";
import { append } from "./act.ts";
import { idTaken, notAStreet, oneRuns, outsideScope } from "./problems.ts";
import { reassignmentView } from "./read-reassignments.ts";
import { selectReassignment } from "./reassignment-queries.ts";

/**
 * Begins 归零整合 of a street; sent again it answers how it stands. Throws
 * `reassignment.not_a_street`, `.outside_scope`, `.one_runs`, `.id_taken`.
 */
export const startReassignment = async (
  ctx: StaffCtx,
  { reassignmentId, streetCode }: { reassignmentId: string; streetCode: string },
): Promise<Reassignment> => {
  const { countyCode } = ctx.county;
  if (!isWithin(streetCode, ctx.actor.scopeCode)) {
    throw new ProblemError(outsideScope({ gridCode: streetCode }));
  }
  if ((await gridsOf(ctx)).get(streetCode)?.level !== 1) {
    throw new ProblemError(notAStreet({ gridCode: streetCode }));
  }
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const known = await selectReassignment(trx, countyCode, reassignmentId);
      if (known !== undefined) {
        if (known.streetCode !== streetCode) throw new ProblemError(idTaken());
        return reassignmentView(trx, ctx, reassignmentId);
      }
      await trx
        .insertInto("reassignment")
        .values({
          county_code: countyCode,
          reassignment_id: reassignmentId,
          street_code: streetCode,
          state: "listing",
          version: 1,
          started_at: ctx.clock.now(),
        })
        .execute();
      await append(trx, ctx, reassignmentId, 1, "start", { streetCode });
      await audit(trx, ctx, {
        action: "reassignment.act",
        outcome: "done",
        subject: reassignmentId,
        detail: { act: "start", state: "listing" },
      });
      return reassignmentView(trx, ctx, reassignmentId);
    });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === "reassignment_running") throw new ProblemError(oneRuns());
    if (constraint === "reassignment_pkey") throw new ProblemError(idTaken());
    throw error;
  }
};
