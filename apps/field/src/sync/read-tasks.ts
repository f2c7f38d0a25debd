import { ApiProblem } from "@onegrid/client";
import {
  getCase,
  listCases,
  listSubstitutions,
  type CaseListItem,
  type Substitution,
} from "@onegrid/contract";
import { api, inScope } from "../session/api.ts";
import { db, type StoredCase } from "../storage/database.ts";

const PAGE = 100;
/** A worker with more open tasks than this sees the most urgent ones. */
const TASKS_MOST = 500;
const DETAILS_AT_ONCE = 3;

/** Grids the account serves today besides its own. */
async function readStandingIn(): Promise<Substitution[]> {
  const { substitutions } = await api.call(listSubstitutions, {});
  return substitutions.filter(({ mine, state }) => mine && state === "running");
}

/** A case of the list, and the grid it was read for when that is not the account's own. */
type Listed = { item: CaseListItem; scopeCode?: string };

async function listMine(scope: { scopeCode?: string }): Promise<Listed[]> {
  const mine: Listed[] = [];
  let cursor: string | undefined;
  do {
    const query = { mine: "true" as const, sort: "due" as const, limit: String(PAGE), cursor };
    const page = await api.call(listCases, { query }, inScope(scope));
    mine.push(...page.cases.map((item) => ({ item, ...scope })));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && mine.length < TASKS_MOST);
  return mine;
}

/** What is stored wins while it is newer: the list may have been read before an acknowledgement. */
const merged = (accountId: string, { item, ...scope }: Listed, old?: StoredCase): StoredCase =>
  old !== undefined && old.item.version > item.version
    ? { ...old, mine: true }
    : { accountId, caseId: item.caseId, item, detail: old?.detail ?? null, mine: true, ...scope };

async function storeList(
  accountId: string,
  list: Listed[],
  standingIn: Substitution[],
): Promise<StoredCase[]> {
  return db.transaction("rw", db.cases, db.marks, db.items, async () => {
    const old = await db.cases.where({ accountId }).toArray();
    const byId = new Map(old.map((stored) => [stored.caseId, stored]));
    const fresh = list.map((listed) => merged(accountId, listed, byId.get(listed.item.caseId)));
    const isFresh = new Set(list.map(({ item }) => item.caseId));
    const gone = old.filter(({ caseId }) => !isFresh.has(caseId));
    await db.cases.bulkPut(fresh);
    for (const stored of gone) {
      // Kept while something waits for it: the worker may have to look at it in a conflict.
      const waits = await db.items.where({ caseId: stored.caseId }).count();
      if (waits > 0) await db.cases.put({ ...stored, mine: false });
      else await db.cases.delete([accountId, stored.caseId]);
    }
    await db.marks.put({ accountId, tasksReadAt: new Date().toISOString(), standingIn });
    return fresh;
  });
}

/**
 * Reads one case whole and stores it. Undefined when the server says that the account may not see
 * it (any more). Rejects like the client otherwise.
 */
export async function readCase(accountId: string, caseId: string): Promise<void> {
  try {
    const known = await db.cases.get([accountId, caseId]);
    const scope = known?.scopeCode === undefined ? {} : { scopeCode: known.scopeCode };
    const detail = await api.call(getCase, { params: { caseId } }, inScope(scope));
    await db.transaction("rw", db.cases, async () => {
      const old = await db.cases.get([accountId, caseId]);
      if (old?.detail && old.detail.version > detail.version) return;
      const mine = old?.mine ?? false;
      await db.cases.put({ accountId, caseId, item: detail, detail, mine, ...scope });
    });
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === "cases.not_found") return;
    throw error;
  }
}

/**
 * Reads the account's tasks, those of the grids it stands in for among them, then the details that
 * changed. Answers these grids. Rejects like the client.
 */
export async function readTasks(accountId: string): Promise<Substitution[]> {
  const standingIn = await readStandingIn();
  const list = await listMine({});
  for (const { scopeCode } of standingIn) list.push(...(await listMine({ scopeCode })));
  const stored = await storeList(accountId, list, standingIn);
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
  return standingIn;
}

/** A detail that was moved ahead by an acknowledgement lacks the newest line of its log. */
const isOther = (item: CaseListItem, detail: StoredCase["detail"]): boolean =>
  detail !== null && (detail.events.at(-1)?.seq ?? 0) < item.version;
