import type { EndpointAnswer, getReceipt, Net, PublicCase } from "@onegrid/contract";
import type { CaseEvent } from "@onegrid/domain";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { readCursor, writeCursor } from "./case-cursor.ts";
import { selectHolder } from "../feedback/receipt-queries.ts";
import { publicCaseView } from "./case-views.ts";
import { readOnward } from "./onward-case.ts";
import { receiptNotFound } from "./problems.ts";
import { selectPublicPage } from "./public-queries.ts";
import { canonicalReceiptCode } from "./receipt-code.ts";
import { readToldCase } from "./told-case.ts";

type ReceiptView = EndpointAnswer<typeof getReceipt>;

const PAGE = 50;

/** Notes that are meant for the reporter: why it was not accepted, and what was done. */
const FOR_THE_REPORTER: readonly CaseEvent["kind"][] = [
  "refuse",
  "feed_back",
  "self_handle",
  "void",
];

/** What units ask of one another is no step of the reporter's case. */
const INSIDE: ReadonlySet<CaseEvent["kind"]> = new Set([
  "ask_extension",
  "endorse_extension",
  "refuse_extension",
  "ask_suspension",
  "refuse_suspension",
  "answer_supervision",
  "call_whistle",
  "decline_whistle",
  "end_whistle",
  "rate_whistle",
  "ask_appeal",
  "endorse_appeal",
  "grant_appeal",
  "refuse_appeal",
  "sign_sub_task",
  "waive_sub_task",
]);

/** A page of the cases everybody may see, newest first. Throws `cases.bad_cursor`. */
export const listPublicCases = async (
  ctx: Ctx,
  query: {
    net?: Net[] | undefined;
    grid?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<{ cases: PublicCase[]; nextCursor: string | null }> => {
  const { countyCode, timeZone, levelLengths } = ctx.county;
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor, "reported_desc");
  const page = await inScope(ctx.db, everywhere(countyCode), (trx) =>
    selectPublicPage(trx, {
      countyCode,
      net: query.net,
      grid: query.grid,
      lengths: levelLengths,
      cursor,
      limit: query.limit ?? PAGE,
    }),
  );
  return {
    cases: page.rows.map((row) => publicCaseView(row, timeZone)),
    nextCursor: page.next && writeCursor(page.next),
  };
};

/**
 * Where a reported problem stands, for whoever holds its code; one that was merged stands where the
 * case does that goes on. Throws `cases.receipt_not_found`.
 */
export const getReceiptCase = (ctx: Ctx, typedCode: string): Promise<ReceiptView> => {
  const { countyCode, timeZone } = ctx.county;
  const receiptCode = canonicalReceiptCode(typedCode);
  return inScope(ctx.db, everywhere(countyCode), async (trx) => {
    const holder = await selectHolder(trx, countyCode, receiptCode);
    if (holder === undefined) throw new ProblemError(receiptNotFound());
    const told = await readToldCase(trx, countyCode, holder.caseId, timeZone);
    if (told === undefined) throw new ProblemError(receiptNotFound());
    const onward = await readOnward(trx, countyCode, told, timeZone);
    const { state, holderName, dueAt, closedAt } = onward?.end.view ?? told.view;
    // Whoever joined sees what everybody may, and how it goes: not what the reporter wrote.
    const isReporter = holder.origin === "reporter";
    return {
      ...told.view,
      state,
      holderName,
      dueAt,
      closedAt,
      description: isReporter ? told.present.description : null,
      address: isReporter ? told.present.address : null,
      steps: [...told.steps, ...(onward?.steps ?? [])]
        .filter(({ kind }) => !INSIDE.has(kind))
        .map(({ event, ...step }) => ({
          kind: step.kind,
          occurredAt: event.occurredAt.toISOString(),
          toState: step.toState,
          holderName: step.holderName,
          note: FOR_THE_REPORTER.includes(step.kind) ? step.note : null,
          result: step.result,
          nextDay: step.nextDay,
          pausedUntil: step.pausedUntil,
          mergedInto: step.mergedInto,
        })),
    };
  });
};
