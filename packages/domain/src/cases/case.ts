import type { CaseSource, CaseState, Limit, Net, SupervisionLevel, Tier } from "@onegrid/contract";
import type { Side } from "./side/side.ts";

/** A case as the fold of its log. The `cases` row holds the same facts, field by field. */
export type Case = {
  caseId: string;
  state: CaseState;
  tier: Tier;
  /** Grid code at a grid tier, department code at tier `department`; null when ended. */
  holderCode: string | null;
  /** Departments that go on seeing it; the last one is the last that held it. */
  involvedUnits: string[];
  gridCode: string;
  gridVersion: number;
  lng: number | null;
  lat: number | null;
  accuracyM: number | null;
  address: string | null;
  description: string;
  categoryCode: string;
  categoryVersion: number;
  net: Net;
  emergency: boolean;
  source: CaseSource;
  reporterAccountId: string | null;
  /** 部件 that the report named; null when it named none. */
  componentCode: string | null;
  attachmentIds: string[];
  reportedAt: Date;
  filedAt: Date | null;
  limit: Limit | null;
  dueAt: Date | null;
  /** When its light turns amber. */
  amberAt: Date | null;
  /** Versions frozen at filing; null before, and on cases of before they were kept. */
  calendarVersion: number | null;
  rulesVersion: number | null;
  /** 挂账 until then, unless that is past; null when none was granted or it was ended. */
  suspendedUntil: Date | null;
  /** 督办 that waits for an answer. */
  supervisionLevel: SupervisionLevel | null;
  /** Times it was extended, returned, sent to rework. */
  extensions: number;
  returns: number;
  reworks: number;
  mergedInto: string | null;
  /** 超时申诉 granted: the overdue fact stays, and is not counted against anybody. */
  overdueExempt: boolean;
  /** Whom its side matters wait for (`awaitsOf`). */
  awaits: string[];
  side: Side;
  disposedAt: Date | null;
  /** Account that fed back or solved it; somebody else verifies. Null for system and import. */
  disposedBy: string | null;
  closedAt: Date | null;
  /** Number of events folded. */
  version: number;
};

export const ENDED_STATES = [
  "closed",
  "self_handled",
  "not_accepted",
  "voided",
  "merged",
] as const satisfies CaseState[];

export const isEnded = (state: CaseState): boolean =>
  (ENDED_STATES as readonly CaseState[]).includes(state);

/** 按期处置: disposed at or before the deadline; null while it is not disposed or has no deadline. */
export const disposedOnTime = (c: Pick<Case, "disposedAt" | "dueAt">): boolean | null =>
  c.disposedAt === null || c.dueAt === null ? null : c.disposedAt <= c.dueAt;

/** Whether the clock stands still 挂账 at this moment; a suspension ends by itself. */
export const isSuspended = (c: Pick<Case, "suspendedUntil">, now: Date): boolean =>
  c.suspendedUntil !== null && c.suspendedUntil > now;

/** 退回、作废、合并 are no work that was due: rates count the other states. */
export const isCounted = (state: CaseState): boolean =>
  state !== "not_accepted" && state !== "voided" && state !== "merged";
