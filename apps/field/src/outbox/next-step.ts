import type { OutboxItem } from "./item.ts";

export type Step =
  | { kind: "upload"; item: OutboxItem; photoId: string }
  | { kind: "send"; item: OutboxItem }
  | { kind: "wait"; untilMs: number }
  | { kind: "idle" };

/**
 * Items that may not be sent because something they build on was refused: a later command on the
 * same case as a refused command or report. Answers ids.
 */
export function heldBack(items: readonly OutboxItem[]): Set<string> {
  const stuckCases = new Set<string>();
  const held = new Set<string>();
  for (const item of [...items].sort((a, b) => a.seq - b.seq)) {
    if (item.state === "refused") stuckCases.add(item.caseId);
    else if (item.kind === "command" && stuckCases.has(item.caseId)) held.add(item.id);
  }
  return held;
}

/**
 * What to do next for one account's items: strictly the oldest waiting one, its photos before
 * itself. While the oldest waits for its retry, nothing younger overtakes it. `uploaded` holds
 * the ids of photos that the server already has.
 */
export function nextStep(
  items: readonly OutboxItem[],
  uploaded: ReadonlySet<string>,
  nowMs: number,
): Step {
  const held = heldBack(items);
  let head: OutboxItem | undefined;
  for (const item of items) {
    if (item.state !== "waiting" || held.has(item.id)) continue;
    if (head === undefined || item.seq < head.seq) head = item;
  }
  if (head === undefined) return { kind: "idle" };
  if (head.retryAt > nowMs) return { kind: "wait", untilMs: head.retryAt };
  const photoId = head.photoIds.find((id) => !uploaded.has(id));
  return photoId === undefined
    ? { kind: "send", item: head }
    : { kind: "upload", item: head, photoId };
}
