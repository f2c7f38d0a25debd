import type { ActorRole, CaseAction, CaseSource, Limit, Net, Tier } from "@onegrid/contract";

/** Facts of a report, with the place already resolved to a grid and its version. */
export type ReportData = {
  source: CaseSource;
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
  attachmentIds: string[];
  /** 部件 that the report names; null when it names none. */
  componentCode: string | null;
  /** Who waits for it first: the street's dispatcher, or the county's. */
  tier: Tier;
  holderCode: string;
};

/** 立案: the limit is frozen here and the deadline computed, so that folding needs no calendar. */
export type FileData = { limit: Limit; dueAt: string; note: string | null };

/** Moves the case to a holder. `rule` says which rule chose it; null when a person did. */
export type MoveData = {
  tier: Tier;
  holderCode: string;
  note: string | null;
  rule: string | null;
};

export type NoteData = { note: string | null; attachmentIds: string[] };

type EventOf<Kind extends "report" | CaseAction, Data> = { kind: Kind; data: Data };

export type CaseEventBody =
  | EventOf<"report", ReportData>
  | EventOf<"file", FileData>
  | EventOf<"dispatch" | "escalate" | "return", MoveData>
  | EventOf<
      "refuse" | "sign" | "handle" | "feed_back" | "verify" | "rework" | "close" | "self_handle",
      NoteData
    >;

/** One line of the append-only log. */
export type CaseEvent = CaseEventBody & {
  caseId: string;
  /** 1, 2, 3 … within the case. */
  seq: number;
  occurredAt: Date;
  actorRole: ActorRole;
  actorAccountId: string | null;
};
