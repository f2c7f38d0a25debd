import { db } from "../storage/database.ts";

/** How much waits on this phone, whoever's it is. */
export const countAll = (): Promise<number> => db.items.count();
