import {
  CaseReport,
  type CaseAccepted,
  type CaseSource,
  type Problem,
  type Refusal,
} from "@onegrid/contract";
import { isRefused, type Refused } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { violatedConstraint } from "../../platform/database.ts";
import { fieldProblems, problemDocument, ProblemError } from "../../platform/problems.ts";
import { componentsNamed } from "../components/index.ts";
import { unnameableBefore } from "./attachment-queries.ts";
import { publishCases } from "./case-feed.ts";
import { countyRules } from "./county-rules.ts";
import { asTakenDown, takeDown, type TakenDown } from "./on-behalf.ts";
import { prepareReport, type PreparedReport } from "./prepare-report.ts";
import { idTaken, invalidReport, unknownAttachment } from "./problems.ts";
import { acceptedAnswer, caseAsReported } from "./report-answers.ts";
import { takeReport } from "./report-groups.ts";
import type { TakenReport } from "./report-store.ts";

export type ReportResult =
  | ({ outcome: "accepted" } & CaseAccepted)
  | { outcome: "refused"; caseId: string; problem: Problem };

export type TakenCase = Omit<CaseAccepted, "receiptCode"> & { receiptCode: string | null };

/** Refusal of what the database found out only while storing; undefined for a real failure. */
const refusalOf = (error: unknown, report: PreparedReport): Refusal | undefined => {
  if (error instanceof ProblemError) return error.refusal;
  const constraint = violatedConstraint(error);
  if (constraint === "case_photo_unnamed") return unknownAttachment(report.after.attachmentIds);
  // A command already has this id as its own.
  if (constraint === "case_event_county_code_event_id_key") return idTaken(report.after.caseId);
  return undefined;
};

const answer = async (
  ctx: Ctx,
  report: PreparedReport,
  taken: TakenReport,
): Promise<TakenCase | Refused> => {
  const { timeZone } = ctx.county;
  if (taken.fresh) {
    return {
      ...acceptedAnswer(report.after, taken.caseNumber, timeZone),
      repeated: false,
      receiptCode: report.receiptCode,
    };
  }
  if (!taken.storedHash?.equals(report.hash)) return { refused: idTaken(report.after.caseId) };
  const reported = await caseAsReported(ctx, report.after.caseId);
  return {
    ...acceptedAnswer(reported, taken.caseNumber, timeZone),
    repeated: true,
    receiptCode: taken.storedReceipt,
  };
};

/** Stores one prepared report with whatever arrives beside it, and tells who is watching. */
export const takeCase = async (ctx: Ctx, report: PreparedReport): Promise<TakenCase | Refused> => {
  try {
    const taken = await takeReport(ctx.db, ctx.county.countyCode, report);
    if (taken.fresh) publishCases(ctx.db, ctx.county.countyCode, [report.after], "report");
    return await answer(ctx, report, taken);
  } catch (error) {
    const refusal = refusalOf(error, report);
    if (refusal === undefined) throw error;
    return { refused: refusal };
  }
};

const idOf = (report: unknown): string => {
  const id =
    typeof report === "object" && report !== null && "caseId" in report ? report.caseId : "";
  return typeof id === "string" ? id.slice(0, 64) : "";
};

const parse = (report: unknown): TakenDown | Refused => {
  const parsed = CaseReport.safeParse(report);
  return parsed.success
    ? takeDown({ ...parsed.data, attachmentIds: [...new Set(parsed.data.attachmentIds)] })
    : { refused: invalidReport(fieldProblems(parsed.error, "report")) };
};

/**
 * Takes 1 to 200 reports, each on its own and in the order sent: one that is refused leaves the
 * others alone. Sending a report again gives the same answer with `repeated`; another report
 * under a known id is refused with `cases.id_taken`. `source` says where an import came from;
 * `dataKey` seals the contacts that a desk takes down.
 * Throws only when the database cannot be reached; then sending all of them again is right.
 */
export const reportCases = async (
  ctx: Ctx,
  reports: readonly unknown[],
  { source, dataKey = null }: { source?: CaseSource; dataKey?: Uint8Array | null } = {},
): Promise<{ results: ReportResult[] }> => {
  const rules = await countyRules(ctx);
  const now = ctx.clock.now();
  const parsed = reports.map(parse);
  const refusedPhotos = await unnameableBefore(
    ctx.db,
    ctx.county.countyCode,
    ctx.actor.accountId,
    parsed.flatMap((one) => (isRefused(one) ? [] : one.report)),
  );
  const components = await componentsNamed(
    ctx.db,
    ctx.county.countyCode,
    parsed.flatMap((one) => (isRefused(one) ? [] : (one.report.componentCode ?? []))),
  );
  const take = async (one: TakenDown | Refused): Promise<TakenCase | Refused> => {
    if (isRefused(one)) return one;
    const { report } = one;
    const strange = report.attachmentIds.filter((id) => refusedPhotos.has(id));
    if (strange.length > 0) return { refused: unknownAttachment(strange) };
    const plain = prepareReport(report, ctx.actor, rules, now, components, source);
    const prepared = asTakenDown(ctx, dataKey, plain, one);
    return isRefused(prepared) ? prepared : takeCase(ctx, prepared);
  };
  const taken = await Promise.all(parsed.map((report) => takeOrRefuse(take, report)));
  const results = taken.map((result, index) => resultOf(ctx, result, reports[index]));
  return { results };
};

const takeOrRefuse = async <T>(
  take: (report: T) => Promise<TakenCase | Refused>,
  report: T,
): Promise<TakenCase | Refused> => {
  try {
    return await take(report);
  } catch (error) {
    if (error instanceof ProblemError) return { refused: error.refusal };
    throw error;
  }
};

const resultOf = (ctx: Ctx, taken: TakenCase | Refused, sent: unknown): ReportResult => {
  if (isRefused(taken)) {
    const problem = problemDocument(taken.refused, ctx.requestId);
    return { outcome: "refused", caseId: idOf(sent), problem };
  }
  const { receiptCode, ...accepted } = taken;
  return { outcome: "accepted", ...accepted, ...(receiptCode !== null && { receiptCode }) };
};
