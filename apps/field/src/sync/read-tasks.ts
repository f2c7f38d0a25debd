import { ApiProblem } from "@onegrid/client";
import { getCase, listCases, type CaseListItem } from "@onegrid/contract";
import { api } from "../session/api.ts";
import { db, type StoredCase } from "../storage/database.ts";

const PAGE = 100;
/** A worker with more open tasks than this sees the most urgent ones. */
const TASKS_MOST = 500;
const DETAILS_AT_ONCE = 3;

async function listMine(): Promise<CaseListItem[]> {
  const mine: CaseListItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call(listCases, {
      query: { mine: "true", sort: "due", limit: String(PAGE), cursor },
    });
    mine.push(...page.cases);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && mine.length < TASKS_MOST);
  return mine;
}

/** What is stored wins while it is newer: the list may have been read before an acknowledgement. */
const merged = (accountId: string, item: CaseListItem, old?: StoredCase): StoredCase =>
  old !== undefined && old.item.version > item.version
    ? { ...old, mine: true }
    : { accountId, caseId: item.caseId, item, detail: old?.detail ?? null, mine: true };

async function storeList(accountId: string, list: CaseListItem[]): Promise<StoredCase[]> {
  return db.transaction("rw", db.cases, db.marks, db.items, async () => {
    const old = await db.cases.where({ accountId }).toArray();
    const byId = new Map(old.map((stored) => [stored.caseId, stored]));
    const fresh = list.map((item) => merged(accountId, item, byId.get(item.caseId)));
    const isFresh = new Set(list.map(({ caseId }) => caseId));
    const gone = old.filter(({ caseId }) => !isFresh.has(caseId));
    await db.cases.bulkPut(fresh);
    for (const stored of gone) {
      // Kept while something waits for it: the worker may have to look at it in a conflict.
      const waits = await db.items.where({ caseId: stored.caseId }).count();
      if (waits > 0) await db.cases.put({ ...stored, mine: false });
      else await db.cases.delete([accountId, stored.caseId]);
    }
    await db.marks.put({ accountId, tasksReadAt: new Date().toISOString() });
    return fresh;
  });
}

/**
 * Reads one case whole and stores it. Undefined when the server says that the account may not see
 * it (any more). Rejects like the client otherwise.
 */
export async function readCase(accountId: string, caseId: string): Promise<void> {
  try {
    const detail = await api.call(getCase, { params: { caseId } });
    await db.transaction("rw", db.cases, async () => {
      const old = await db.cases.get([accountId, caseId]);
      if (old?.detail && old.detail.version > detail.version) return;
      await db.cases.put({ accountId, caseId, item: detail, detail, mine: old?.mine ?? false });
    });
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === "cases.not_found") return;
    throw error;
  }
}

/** Reads the account's tasks, then the details that changed. Rejects like the client. */
export async function readTasks(accountId: string): Promise<void> {
  const stored = await storeList(accountId, await listMine());
  const stale = stored.filter(
    ({ item, detail }) =>
      detail === null || detail.version !== item.version || isOther(item, detail),
  );
  const next = async (): Promise<void> => {
    for (let one = stale.shift(); one !== undefined; one = stale.shift()) {
      await readCase(accountId, one.caseId);
    }
  };
  await Promise.all(Array.from({ length: DETAILS_AT_ONCE }, next));
}

/** A detail that was moved ahead by an acknowledgement lacks the newest line of its log. */
const isOther = (item: CaseListItem, detail: StoredCase["detail"]): boolean =>
  detail !== null && (detail.events.at(-1)?.seq ?? 0) < item.version;
