import type { CaseAccepted } from "@onegrid/contract";
import { foldCase, type Case } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { caseNumber } from "./case-number.ts";
import { eventOfRow } from "./case-row.ts";
import { readLog } from "./case-store.ts";

type Accepted = Omit<CaseAccepted, "repeated">;

/** The answer to a report, from the case as the report left it. */
export const acceptedAnswer = (c: Case, number: string, timeZone: string): Accepted => ({
  caseId: c.caseId,
  number: caseNumber(c.reportedAt, number, timeZone),
  gridCode: c.gridCode,
  state: c.state,
  dueAt: c.dueAt?.toISOString() ?? null,
  version: c.version,
});

/**
 * The case as its report left it, whatever happened since: the fold of the events before the
 * first command. So a repeated report is answered as it was the first time.
 */
export const caseAsReported = async (ctx: Ctx, caseId: string): Promise<Case> => {
  const { countyCode } = ctx.county;
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const rows = await inScope(ctx.db, scope, (trx) => readLog(trx, countyCode, caseId));
  const firstCommand = rows.findIndex((row) => row.command_hash !== null);
  const own = firstCommand === -1 ? rows : rows.slice(0, firstCommand);
  return foldCase(own.map(eventOfRow));
};
