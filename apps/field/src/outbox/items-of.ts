import { db } from "../storage/database.ts";
import type { OutboxItem } from "./item.ts";

/** All items of an account, oldest first. */
export function itemsOf(accountId: string): Promise<OutboxItem[]> {
  return db.items
    .where("[accountId+seq]")
    .between([accountId, 0], [accountId, Number.MAX_SAFE_INTEGER])
    .toArray();
}
