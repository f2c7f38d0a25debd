import { useCallback, useEffect, useRef, useState } from "react";
import { db, type StoredSpot } from "../storage/database.ts";
import { emptyDraft, isBlank, takenUp, type ReportDraft } from "./draft.ts";

export type DraftHandle = {
  draft: ReportDraft;
  /** True when it was found on the phone and not begun just now. */
  isRestored: boolean;
  change: (part: Partial<ReportDraft>) => void;
  clear: () => Promise<void>;
};

/** A report that a patrol began: its place and category are filled in, words and photos are not. */
export async function beginAt(spot: StoredSpot): Promise<void> {
  const { accountId, lng, lat, categoryCode, categoryName } = spot;
  const words = categoryName ?? "";
  const place = { kind: "pin", lng, lat } as const;
  await db.drafts.put({ ...emptyDraft(accountId), spot, place, categoryCode, words });
}

const TYPING_MS = 400;

/** The account's report being written, stored at every change; undefined until it is read. */
export function useDraft(accountId: string): DraftHandle | undefined {
  const [draft, setDraft] = useState<ReportDraft>();
  const [isRestored, setRestored] = useState(false);
  const latest = useRef<ReportDraft>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let isGone = false;
    const begin = async () => {
      const stored = await db.drafts.get(accountId);
      if (isGone) return;
      const found =
        stored && (!isBlank(stored) || stored.spot) ? takenUp(stored, new Date()) : undefined;
      latest.current = found ?? emptyDraft(accountId);
      setRestored(found !== undefined && !found.spot);
      setDraft(latest.current);
    };
    void begin();
    return () => {
      isGone = true;
    };
  }, [accountId]);

  const store = useCallback(() => {
    clearTimeout(timer.current);
    if (latest.current !== undefined) void db.drafts.put(latest.current);
  }, []);

  const change = useCallback(
    (part: Partial<ReportDraft>) => {
      if (latest.current === undefined) return;
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      clearTimeout(timer.current);
      // Photos at once; of a word being typed, the letters together.
      if (part.photos) store();
      else timer.current = setTimeout(store, TYPING_MS);
    },
    [store],
  );

  useEffect(() => {
    document.addEventListener("visibilitychange", store);
    return () => document.removeEventListener("visibilitychange", store);
  }, [store]);

  const clear = useCallback(async () => {
    clearTimeout(timer.current);
    latest.current = emptyDraft(accountId);
    setRestored(false);
    setDraft(latest.current);
    await db.drafts.delete(accountId);
  }, [accountId]);

  return draft && { draft, isRestored, change, clear };
}
