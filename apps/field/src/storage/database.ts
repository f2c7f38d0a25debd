import type {
  Alert,
  CaseDetail,
  CaseListItem,
  Category,
  County,
  Department,
  Grid,
  PatrolSpot,
  Substitution,
} from "@onegrid/contract";
import { Dexie, type EntityTable, type Table } from "dexie";
import type { OutboxItem, OutboxPhoto, SentItem } from "../outbox/item.ts";
import type { ReportDraft } from "../report/draft.ts";

/** A case as this account last saw it. `detail` follows the list, so that it opens offline. */
export type StoredCase = {
  accountId: string;
  caseId: string;
  item: CaseListItem;
  detail: CaseDetail | null;
  /** True while the server lists it as waiting for this account. */
  mine: boolean;
  /** Grid in which it was read, when the account stands in for somebody there; absent: its own. */
  scopeCode?: string;
};

/** What an account needs to work offline; written together when it was read from the server. */
export type Reference = {
  accountId: string;
  county: County;
  categories: Category[];
  departments: Department[];
  /** The grid the account serves; null when it serves the whole county. */
  grid: Grid | null;
  /** Grids it serves today besides its own, 替班; absent on what an older app read. */
  standingIn?: Substitution[];
  /** How often each category was reported in the grid lately, by code. */
  categoryCounts: Record<string, number>;
  readAt: string;
};

/** Small facts of this device. `seq`: the last device sequence number given out. */
export type Meta = { key: "seq"; value: number };

/** When an account's task list was last read from the server. */
export type SyncMark = {
  accountId: string;
  tasksReadAt: string;
  /** Grids it serves today besides its own, 替班; absent on what an older app read. */
  standingIn?: Substitution[];
};

/** Categories an account has chosen on this phone, newest use last. */
export type CategoryUse = { accountId: string; categoryCode: string; usedAt: string };

/** Places to look at, as an account last read them; a look made here counts at once. */
export type StoredSpot = PatrolSpot & { accountId: string; scopeCode?: string };

/** 提醒 as an account last read it; `readHere`: read on this phone, and the server not told yet. */
export type StoredAlert = Alert & { accountId: string; readHere?: boolean };

/** One database a phone, shared by its accounts; every row says whose it is. */
export class FieldDatabase extends Dexie {
  declare items: Table<OutboxItem, string>;
  declare photos: EntityTable<OutboxPhoto, "photoId">;
  declare sent: EntityTable<SentItem, "id">;
  declare meta: EntityTable<Meta, "key">;
  declare cases: Table<StoredCase, [string, string]>;
  declare references: EntityTable<Reference, "accountId">;
  declare marks: EntityTable<SyncMark, "accountId">;
  declare uses: Table<CategoryUse, [string, string]>;
  declare drafts: EntityTable<ReportDraft, "accountId">;
  declare spots: Table<StoredSpot, [string, string]>;
  declare alerts: Table<StoredAlert, [string, string]>;

  constructor(name = "onegrid-field") {
    super(name);
    this.version(1).stores({
      items: "id, [accountId+seq], caseId",
      photos: "photoId, itemId, accountId",
      sent: "id, [accountId+sentAt], caseId",
      meta: "key",
      cases: "[accountId+caseId], accountId",
      references: "accountId",
      marks: "accountId",
      uses: "[accountId+categoryCode], accountId",
      drafts: "accountId",
    });
    // Photos are sent in pieces: one that an older app began is asked for first.
    this.version(2)
      .stores({ spots: "[accountId+spot], accountId" })
      .upgrade((tx) => tx.table("photos").toCollection().modify({ tries: 1, sha256: null }));
    this.version(3).stores({ alerts: "[accountId+alertId], accountId" });
  }
}

/** The phone's database. */
export const db = new FieldDatabase();
