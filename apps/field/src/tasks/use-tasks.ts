import type { CaseListItem } from "@onegrid/contract";
import type { OutboxItem } from "../outbox/item.ts";
import { itemsOf } from "../outbox/items-of.ts";
import { db, type StoredCase } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";

/** A task with what the worker already did to it and is not sent yet. */
export type Task = {
  item: CaseListItem;
  waiting: OutboxItem[];
  /** It is another grid's, where the account stands in for somebody. */
  isStandIn: boolean;
};
export type Tasks = { tasks: Task[]; readAt: string | null };

const dueOf = ({ item }: Task): number =>
  item.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(item.dueAt);

/** The account's tasks as they lie on the phone, by deadline; undefined until they are read. */
export const useTasks = (accountId: string): Tasks | undefined =>
  useLive(async () => {
    const [stored, queue, mark] = await Promise.all([
      db.cases.where({ accountId }).toArray(),
      itemsOf(accountId),
      db.marks.get(accountId),
    ]);
    const waitingFor = (caseId: string) =>
      queue.filter((i) => i.kind === "command" && i.caseId === caseId);
    const tasks = stored
      .filter(({ mine }) => mine)
      .map(({ item, caseId, scopeCode }) => ({
        item,
        waiting: waitingFor(caseId),
        isStandIn: scopeCode !== undefined,
      }))
      .sort((a, b) => dueOf(a) - dueOf(b));
    return { tasks, readAt: mark?.tasksReadAt ?? null };
  }, accountId);

export type OneTask = { stored: StoredCase | null; waiting: OutboxItem[] };

/** One case as it lies on the phone; undefined until it is read. */
export const useTask = (accountId: string, caseId: string): OneTask | undefined =>
  useLive(async () => {
    const [stored, same] = await Promise.all([
      db.cases.get([accountId, caseId]),
      db.items.where({ caseId }).sortBy("seq"),
    ]);
    return { stored: stored ?? null, waiting: same.filter((i) => i.accountId === accountId) };
  }, `${accountId}/${caseId}`);

export const GROUPS = ["overdue", "today", "later", "noLimit"] as const;
export type Group = (typeof GROUPS)[number];

/** Under which heading a task stands; days are the phone's own. */
export function groupOf(item: Pick<CaseListItem, "dueAt">, now: Date): Group {
  if (item.dueAt === null) return "noLimit";
  const due = new Date(item.dueAt);
  if (due < now) return "overdue";
  return due.toDateString() === now.toDateString() ? "today" : "later";
}
