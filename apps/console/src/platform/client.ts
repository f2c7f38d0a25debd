import { createClient } from "@onegrid/client";
import type { Session } from "@onegrid/contract";
import { config as configureZod } from "zod";

// Zod compiles parsers with `new Function` where it may; the page's policy forbids it.
configureZod({ jitless: true });

/** Kept in memory only: whoever steals the storage of a browser finds no token. */
let csrfToken: string | null = null;

/** Remembers the token of the present session; null after signing out. */
export const rememberCsrf = (session: Session | null): void => {
  csrfToken = session?.csrfToken ?? null;
};

/** The one way to the server. */
export const client = createClient({ csrfToken: () => csrfToken });
