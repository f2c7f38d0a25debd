import type {
  ActorRole,
  CaseSource,
  CheckFinding,
  FeedbackResult,
  Limit,
  Net,
  ReopenReason,
  ReturnFault,
  SupervisionLevel,
  SuspensionReason,
  Tier,
  WhistleKind,
} from "@onegrid/contract";

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
  /** Number that the source gave it (a hotline's); missing for none. */
  sourceNumber?: string;
  /** 部件 that the report names; null when it names none. */
  componentCode: string | null;
  /** Who waits for it first: the street's dispatcher, or the county's. */
  tier: Tier;
  holderCode: string;
};

/** Where a deadline lies and when its light turns amber: computed once, so folding needs no calendar. */
export type CaseDue = { dueAt: string; amberAt: string };

/**
 * 立案: the limit is frozen here, with the versions of the calendar and the rules it was counted by.
 * Logs of before those were kept have none.
 */
export type FileData = {
  limit: Limit;
  dueAt: string;
  note: string | null;
  amberAt?: string;
  calendarVersion?: number;
  rulesVersion?: number;
};

/** Limits of the stage that begins with a move; `hold` null: the tier may keep it. */
export type StageLimits = { sign: Limit; hold: Limit | null };

/**
 * Moves the case to a holder. `rule` says which rule chose it: a `SOFTWARE_RULES` code, or the name
 * that a rule of the county had then; null when a person did.
 */
export type MoveData = {
  tier: Tier;
  holderCode: string;
  note: string | null;
  rule: string | null;
  /** The county's rule of that name, and which version of it took the case. */
  dispatchRule?: { ruleId: string; version: number };
  stage?: StageLimits;
};

export type NoteData = { note: string | null; attachmentIds: string[] };

/** What an event tells beside its common part, by kind. */
type Extra = {
  check: MoveData & { limit: Limit };
  checked: NoteData & { tier: Tier; holderCode: string; finding: CheckFinding };
  dispatch: MoveData & { returnFault?: ReturnFault };
  escalate: MoveData;
  return: MoveData;
  mark_no_owner: MoveData;
  reopen: NoteData & { tier: Tier; holderCode: string; reason: ReopenReason };
  feed_back: NoteData & { result?: FeedbackResult; nextDay?: string | null };
  rework: NoteData & { stage?: StageLimits };
  merge: NoteData & { intoCaseId: string };
  absorb: { fromCaseId: string };
  recalendar: { calendarVersion: number };
  relocate: { gridCode: string; gridVersion: number };
  ask_suspension: NoteData & { reason: SuspensionReason; endsOn: string };
  grant_suspension: NoteData & { resumesAt: string };
  supervise: NoteData & { level: SupervisionLevel; limit: Limit; answerBy: string };
  call_whistle: NoteData & { kind: WhistleKind; unitCodes: string[] };
  approve_whistle: NoteData & { limit: Limit; arriveBy: string };
  arrive: NoteData & { unitCode: string };
  rate_whistle: NoteData & { unitCode: string; score: number };
  assign_sub_task: NoteData & { tier: Tier; holderCode: string; limit: Limit; dueAt: string };
  sign_sub_task: NoteData & { subTask: number };
  finish_sub_task: NoteData & { subTask: number };
  waive_sub_task: NoteData & { subTask: number };
  decide_owner: NoteData & { tier: Tier; holderCode: string };
};

type Plain =
  | "refuse"
  | "sign"
  | "handle"
  | "verify"
  | "close"
  | "self_handle"
  | "void"
  | "ask_extension"
  | "endorse_extension"
  | "grant_extension"
  | "refuse_extension"
  | "refuse_suspension"
  | "resume"
  | "answer_supervision"
  | "decline_whistle"
  | "end_whistle"
  | "ask_appeal"
  | "endorse_appeal"
  | "grant_appeal"
  | "refuse_appeal";

/** `due` is there when the event moved the deadline. */
type EventOf<Kind extends string, Data> = Kind extends string
  ? { kind: Kind; data: Data & { due?: CaseDue } }
  : never;

export type CaseEventBody =
  | EventOf<"report", ReportData>
  | EventOf<"file", FileData>
  | EventOf<Plain, NoteData>
  | { [Kind in keyof Extra]: EventOf<Kind, Extra[Kind]> }[keyof Extra];

/** One line of the append-only log. */
export type CaseEvent = CaseEventBody & {
  caseId: string;
  /** 1, 2, 3 … within the case. */
  seq: number;
  occurredAt: Date;
  actorRole: ActorRole;
  actorAccountId: string | null;
};

/** An interim feedback: work and clock go on. */
export const isInterim = (event: CaseEventBody): boolean =>
  event.kind === "feed_back" && event.data.result === "scheduled";
