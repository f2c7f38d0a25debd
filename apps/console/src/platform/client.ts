import { createClient } from "@onegrid/client";
import type { Session } from "@onegrid/contract";

/** Kept in memory only: whoever steals the storage of a browser finds no token. */
let csrfToken: string | null = null;

/** Remembers the token of the present session; null after signing out. */
export const rememberCsrf = (session: Session | null): void => {
  csrfToken = session?.csrfToken ?? null;
};

/** The one way to the server. */
export const client = createClient({ csrfToken: () => csrfToken });
