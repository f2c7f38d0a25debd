import type { Account } from "@onegrid/contract";
import { useEffect } from "react";

/** Client, contract and outbox: fetched beside the first screen, which shows what is stored. */
const work = () => import("./work.ts");

/** Reads what the account needs, if its session is good. Quiet offline: the banner says it. */
export const refresh = async (account: Account): Promise<void> => (await work()).refresh(account);

/** Keeps sending and reading while the app is open. */
export function useWork(account: Account): void {
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    const begin = async () => {
      const { startWork } = await work();
      if (!isGone) stop = startWork(account);
    };
    void begin();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [account]);
}
