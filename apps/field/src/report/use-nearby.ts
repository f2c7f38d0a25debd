import { listNearby, type Category, type LngLat } from "@onegrid/contract";
import { useEffect, useState } from "react";
import { api } from "../session/api.ts";
import { db } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";
import { maybeSame, type MaybeSame } from "./nearby.ts";

/** A fix sharpens several times while it is awaited; about ten metres are the same question. */
const DIGITS = 4;
const SETTLE_MS = 400;

/**
 * Open cases of the same kind near the place of a report: at once those that lie on the phone, then
 * the server's, when it answers. None while the category or the place is unknown.
 */
export function useNearby(
  accountId: string,
  category: Category | undefined,
  at: LngLat | null,
): MaybeSame[] {
  const [answer, setAnswer] = useState<{ key: string; cases: MaybeSame[] }>();
  const code = category?.categoryCode ?? "";
  const key =
    at === null || code === "" ? "" : `${code} ${at.lng.toFixed(DIGITS)} ${at.lat.toFixed(DIGITS)}`;
  const here = useLive(async () => {
    if (category === undefined || at === null) return [];
    const stored = await db.cases.where({ accountId }).toArray();
    return maybeSame(
      stored.map(({ item }) => item),
      category,
      at,
      new Date(),
    );
  }, `${accountId} ${key}`);

  useEffect(() => {
    if (key === "" || !navigator.onLine) return undefined;
    const [categoryCode = "", lng = "", lat = ""] = key.split(" ");
    const stop = new AbortController();
    const ask = async () => {
      const query = { categoryCode, lng, lat };
      const { cases } = await api.call(listNearby, { query }, { signal: stop.signal });
      setAnswer({ key, cases });
    };
    // Without an answer, what lies on the phone stands; a report never waits for this.
    const timer = setTimeout(() => void ask().catch(() => {}), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key]);

  return (answer?.key === key ? answer.cases : here) ?? [];
}
