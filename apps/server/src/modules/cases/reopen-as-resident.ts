import type { CaseState, ReopenReason } from "@onegrid/contract";
import { residentActor, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { act } from "./act-on-cases.ts";
import { selectNamedCase } from "./case-detail-queries.ts";
import { countyRules } from "./county-rules.ts";
import { receiptNotFound } from "./problems.ts";
import { canonicalReceiptCode } from "./receipt-code.ts";

/** 重开 by the resident, who holds the receipt. The client chooses `commandId`. */
export type Reopening = {
  receiptCode: string;
  commandId: string;
  reason: ReopenReason;
  /** What is still wrong, in the resident's words. */
  note: string | null;
};

/**
 * Reopens a closed case for its reporter, once and within the county's days after closing: it goes
 * back to the dispatcher and its clock runs on. Sent again it answers the same. Throws
 * `cases.receipt_not_found`, `cases.transition_not_allowed` (not closed), `cases.used_up`,
 * `cases.too_late`, `cases.version_conflict` when somebody acted at this very moment.
 */
export const reopenAsResident = async (
  anyCtx: Ctx,
  { receiptCode, commandId, reason, note }: Reopening,
): Promise<{ caseId: string; state: CaseState; version: number }> => {
  const { countyCode } = anyCtx.county;
  const ctx: Ctx = { ...anyCtx, actor: residentActor(countyCode) };
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const row = await inScope(ctx.db, scope, (trx) =>
    selectNamedCase(trx, countyCode, { receiptCode: canonicalReceiptCode(receiptCode) }),
  );
  if (row === undefined) throw new ProblemError(receiptNotFound());
  const command = {
    commandId,
    caseId: row.case_id,
    action: "reopen" as const,
    // The receipt page has no version; what the resident answers is that it was closed.
    baseVersion: row.version,
    deviceSeq: 0,
    capturedAt: null,
    note,
    target: null,
    attachmentIds: [],
    details: { action: "reopen" as const, reason },
  };
  const { caseId, state, version } = await act(ctx, command, await countyRules(ctx));
  return { caseId, state, version };
};
