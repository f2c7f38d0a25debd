import type { CaseDetail, EndpointAnswer, getCaseActions as endpoint } from "@onegrid/contract";
import {
  allowedActions,
  subTasksFor,
  unitsFor,
  type Actor,
  type Case,
  type LevelLengths,
} from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { selectCases } from "./case-detail-queries.ts";
import { countyRules, type CountyRules } from "./county-rules.ts";

/** What an actor may do with a case now, and what each step must bring. */
export const allowedViews = (
  c: Case,
  actor: Actor,
  rules: CountyRules,
  levelLengths: LevelLengths,
  now: Date,
): CaseDetail["allowed"] =>
  allowedActions(c, actor, rules.guards(now)).map((edge) => ({
    action: edge.action,
    noteRequired: edge.noteRequired === true,
    targetRequired: edge.targetRequired === true,
    detailsRequired: edge.detailsRequired === true,
    subTasks: subTasksFor(edge.action, c, actor, { levelLengths }),
    units: unitsFor(edge.action, c),
  }));

/** The same for many cases, in one statement; cases out of sight are left out. */
export const getCaseActions = async (
  ctx: Ctx,
  caseIds: readonly string[],
): Promise<EndpointAnswer<typeof endpoint>> => {
  const rules = await countyRules(ctx);
  const now = ctx.clock.now();
  const { countyCode, levelLengths } = ctx.county;
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) => selectCases(trx, countyCode, caseIds));
  const byId = new Map(found.map((c) => [c.caseId, c]));
  return {
    cases: [...new Set(caseIds)].flatMap((caseId) => {
      const c = byId.get(caseId);
      return c === undefined
        ? []
        : [
            {
              caseId,
              version: c.version,
              allowed: allowedViews(c, ctx.actor, rules, levelLengths, now),
            },
          ];
    }),
  };
};
