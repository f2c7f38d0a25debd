import type {
  CaseAction,
  CaseReport,
  CaseState,
  CommandDetails,
  PatrolLook,
  Problem,
} from "@onegrid/contract";

/**
 * Waiting items are sent; refused ones were answered with a no by our own server and wait for the
 * worker. An item leaves the outbox only by the server's acknowledgement or by the worker's hand.
 */
export type OutboxState = "waiting" | "refused";

type Common = {
  /** UUIDv7 the server sees: of a report the case's id, of a command or a join its own. */
  id: string;
  accountId: string;
  /** Order on this device, over all accounts; oldest is sent first. */
  seq: number;
  caseId: string;
  /** What the worker sees it as, e.g. the category's or the case's name. */
  title: string;
  /** Grid it is sent for when the account stands in for somebody there; absent: its own. */
  scopeCode?: string;
  madeAt: string;
  photoIds: string[];
  state: OutboxState;
  /** Failed deliveries since the last success or the worker's push. */
  attempts: number;
  /** Not before this instant, milliseconds since 1970. */
  retryAt: number;
  /** The server's no, when refused. */
  problem: Problem | null;
  /** Times its photos were sent again because the server had lost them. */
  reuploads: number;
};

export type ReportItem = Common & {
  kind: "report";
  report: Omit<CaseReport, "caseId" | "attachmentIds">;
};

export type CommandItem = Common & {
  kind: "command";
  command: {
    action: CaseAction;
    note: string | null;
    /** Version looked at; replaced by the predecessor's when that is acknowledged. */
    baseVersion: number;
    capturedAt: string | null;
    /** What the action needs beside; absent on what an older app queued. */
    details?: CommandDetails | null;
  };
  /** Waiting command on the same case that must be applied first, or null. */
  after: string | null;
  /** State the worker saw, to show beside the present one in a conflict. */
  seenState: CaseState;
};

/** 巡查: looked at and in order, or something was wrong. */
export type LookItem = Common & { kind: "look"; look: PatrolLook };

/** 我也遇到: the same thing as the case `caseId`, met again and not reported a second time. */
export type JoinItem = Common & { kind: "join" };

export type OutboxItem = ReportItem | CommandItem | LookItem | JoinItem;

/** Kept apart from its item: uploaded first, and not read when the queue is looked through. */
export type OutboxPhoto = {
  photoId: string;
  itemId: string;
  accountId: string;
  blob: Blob;
  uploaded: boolean;
  /** Tries to send it; after the first, the server is asked how much of it has arrived. */
  tries: number;
  /** Of the bytes as they lie here, in hex; null until it is sent for the first time. */
  sha256: string | null;
};

/** Receipt of something that arrived; the last few are kept for the worker's peace of mind. */
export type SentItem = {
  id: string;
  accountId: string;
  kind: OutboxItem["kind"];
  title: string;
  action: CaseAction | null;
  caseId: string;
  /** Number the server gave to a report, or of the case joined; null for commands. */
  number: string | null;
  /** Version a command was made on and the one it led to; a report starts at null. */
  baseVersion: number | null;
  version: number;
  sentAt: string;
};
