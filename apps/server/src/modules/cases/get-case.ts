import type { CaseDetail } from "@onegrid/contract";
import { ancestorAt, type GridLevel } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { selectNamedComponent } from "../components/index.ts";
import { allowedViews } from "./case-actions.ts";
import { selectLog, selectNamedCase, selectNames } from "./case-detail-queries.ts";
import { caseOfRow } from "./case-row.ts";
import { clockViews } from "./clock-views.ts";
import { countyRules } from "./county-rules.ts";
import { listItemView, timelineView } from "./case-views.ts";
import { notFound } from "./problems.ts";

const BELOW_COUNTY: readonly GridLevel[] = [1, 2, 3];

/** Codes of the holders that the log moved a case to. */
export const holdersIn = (log: Awaited<ReturnType<typeof selectLog>>): string[] =>
  log.flatMap(({ event }) => ("holderCode" in event.data ? event.data.holderCode : []));

const sourceNumberIn = ([first]: Awaited<ReturnType<typeof selectLog>>): string | null =>
  first?.event.kind === "report" ? (first.event.data.sourceNumber ?? null) : null;

/**
 * One case with its log and what the actor may do with it now: three statements, four with a
 * component.
 * Throws `cases.not_found` for a case outside the actor's scope as for one that is not there.
 */
export const getCase = async (ctx: Ctx, caseId: string): Promise<CaseDetail> => {
  const rules = await countyRules(ctx);
  const now = ctx.clock.now();
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode, levelLengths, timeZone } = ctx.county;
    const row = await selectNamedCase(trx, countyCode, { caseId });
    if (row === undefined) throw new ProblemError(notFound(caseId));
    const c = caseOfRow(row);
    const log = await selectLog(trx, countyCode, caseId);
    const path = BELOW_COUNTY.flatMap((level) => ancestorAt(c.gridCode, level, levelLengths) ?? []);
    const names = await selectNames(trx, countyCode, [...path, ...holdersIn(log)]);
    return {
      ...listItemView(row, timeZone, now),
      gridVersion: c.gridVersion,
      gridPath: path.map((code) => names.get(code) ?? code),
      holderCode: c.holderCode,
      accuracyM: c.accuracyM,
      source: c.source,
      sourceNumber: sourceNumberIn(log),
      component: await selectNamedComponent(trx, countyCode, c.componentCode),
      limit: c.limit,
      filedAt: c.filedAt?.toISOString() ?? null,
      attachmentIds: c.attachmentIds,
      side: c.side,
      clocks: clockViews(
        log.map(({ event }) => event),
        await rules.countingOf(c),
        now,
      ),
      events: timelineView(log, (code) => names.get(code) ?? null),
      allowed: allowedViews(c, ctx.actor, rules, levelLengths, now),
    };
  });
};
