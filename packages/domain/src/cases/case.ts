import type { CaseSource, CaseState, Limit, Net, Tier } from "@onegrid/contract";

/** A case as the fold of its log. The `cases` row holds the same facts, field by field. */
export type Case = {
  caseId: string;
  state: CaseState;
  tier: Tier;
  /** Grid code at a grid tier, department code at tier `department`; null when ended. */
  holderCode: string | null;
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
] as const satisfies CaseState[];

export const isEnded = (state: CaseState): boolean =>
  (ENDED_STATES as readonly CaseState[]).includes(state);

/** 按期处置: disposed at or before the deadline; null while it is not disposed or has no deadline. */
export const disposedOnTime = (c: Pick<Case, "disposedAt" | "dueAt">): boolean | null =>
  c.disposedAt === null || c.dueAt === null ? null : c.disposedAt <= c.dueAt;
