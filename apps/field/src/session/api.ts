import { createClient } from "@onegrid/client";
import { SCOPE_HEADER } from "@onegrid/contract";
import { sessionNow } from "./session.ts";

const csrfToken = () => sessionNow().csrfToken;

/** Photos over a slow mobile network need more patience than anything else. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** Acts in the grid where the account stands in for somebody; in its own without one. */
export const inScope = ({ scopeCode }: { scopeCode?: string }) =>
  scopeCode === undefined ? {} : { headers: { [SCOPE_HEADER]: scopeCode } };

/** The server, for everything but photos. */
export const api = createClient({ csrfToken });

/** The server, for sending photos. */
export const uploads = createClient({ csrfToken, timeoutMs: UPLOAD_TIMEOUT_MS });
