import { db, type Reference } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";

/** County, categories and grid of an account as they lie on the phone; undefined while unknown. */
export const useReference = (accountId: string): Reference | undefined =>
  useLive(() => db.references.get(accountId), accountId);
