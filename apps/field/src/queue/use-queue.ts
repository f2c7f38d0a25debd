import { heldBack } from "../outbox/next-step.ts";
import type { OutboxItem } from "../outbox/item.ts";
import { itemsOf } from "../outbox/items-of.ts";
import { useLive } from "../storage/use-live.ts";

/** The account's outbox, oldest first; undefined until it is read. */
export const useQueue = (accountId: string): OutboxItem[] | undefined =>
  useLive(() => itemsOf(accountId), accountId);

export type QueueCounts = { all: number; refused: number };

/** How much waits, and how much of it waits for the worker. */
export function useQueueCounts(accountId: string): QueueCounts {
  const items = useQueue(accountId) ?? [];
  return { all: items.length, refused: items.filter((i) => i.state === "refused").length };
}

export type Shown = "sending" | "waiting" | "retry" | "held" | "refused" | "conflict";

/** What to say of an item in the list. */
export function shownState(item: OutboxItem, all: readonly OutboxItem[], now: Date): Shown {
  if (item.state === "refused") {
    return item.problem?.code === "cases.version_conflict" ? "conflict" : "refused";
  }
  if (heldBack(all).has(item.id)) return "held";
  if (item.retryAt > now.getTime()) return "retry";
  const isHead = all.every((o) => o.state === "refused" || o.seq >= item.seq);
  return isHead ? "sending" : "waiting";
}
