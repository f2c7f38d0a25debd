import type { Refused } from "../refused.ts";
import type { Actor } from "./actor.ts";
import type { CaseContext, Decided } from "./command.ts";
import { fileData, firstMove } from "./decide.ts";
import type { ReportData } from "./event.ts";
import { dispatcherPool } from "./targets.ts";

export type Report = Omit<ReportData, "tier" | "holderCode"> & {
  /** 自行处置: what was done on the spot; null when somebody else has to act. */
  selfHandledNote: string | null;
};

/** Clocks of phones are off by minutes; what lies further ahead than this is refused. */
export const CAPTURE_SKEW_MS = 5 * 60_000;

/** A phone may have been off the net for long; a year is a wrong clock. */
export const CAPTURE_AGE_MS = 366 * 86_400_000;

const STAFF_ON_THE_SPOT = ["worker", "head"] as const;

/** Refuses an instant of a device that cannot be true; null when it can. */
export const checkCaptureTime = (capturedAt: Date, now: Date): Refused | null => {
  const aheadMs = capturedAt.getTime() - now.getTime();
  if (aheadMs > CAPTURE_SKEW_MS) {
    return {
      refused: {
        code: "cases.captured_in_future",
        status: 422,
        detail: "capturedAt lies in the future",
        fields: [{ field: "/capturedAt", code: "too_late", allowed: "now or earlier" }],
      },
    };
  }
  if (aheadMs < -CAPTURE_AGE_MS) {
    return {
      refused: {
        code: "cases.captured_too_early",
        status: 422,
        detail: "capturedAt lies more than a year back",
        fields: [{ field: "/capturedAt", code: "too_early", allowed: "within the last 366 days" }],
      },
    };
  }
  return null;
};

/**
 * Events of a new case. A report by staff is filed and dispatched by rule at once: the one who
 * saw it is trusted, and nobody types it again. A resident's report waits to be accepted,
 * except an emergency, which goes to work before any desk has looked at it.
 * Refusals: `cases.captured_in_future`, `cases.captured_too_early`,
 * `cases.self_handling_not_allowed`.
 */
export const openCase = (
  report: Report,
  capturedAt: Date,
  actor: Actor,
  context: CaseContext,
): Decided[] | Refused => {
  const wrongClock = checkCaptureTime(capturedAt, context.now);
  if (wrongClock !== null) return wrongClock;
  const { selfHandledNote, ...facts } = report;
  const pool = dispatcherPool(facts.gridCode, context.levelLengths);
  const events: Decided[] = [{ kind: "report", data: { ...facts, ...pool }, by: "actor" }];

  if (selfHandledNote !== null) {
    if (!(STAFF_ON_THE_SPOT as readonly string[]).includes(actor.role)) {
      return {
        refused: {
          code: "cases.self_handling_not_allowed",
          status: 403,
          detail: "only grid workers and heads solve a case on the spot",
        },
      };
    }
    events.push({
      kind: "self_handle",
      data: { note: selfHandledNote, attachmentIds: [] },
      by: "actor",
    });
    return events;
  }
  if (actor.role !== "resident" || facts.emergency) {
    events.push(
      { kind: "file", data: fileData(null, context), by: "system" },
      { kind: "dispatch", data: firstMove(facts, context), by: "system" },
    );
  }
  return events;
};
