/**
 * The state of the session in this tab:
 * · unknown — not asked yet;
 * · valid — the server knows this account;
 * · expired — the server asks to sign in again; the queue waits;
 * · unreachable — no answer came; work goes on, sending waits.
 */
export type SessionStatus = "unknown" | "valid" | "expired" | "unreachable";
export type SessionState = {
  status: SessionStatus;
  csrfToken: string | null;
  /** Whose session it is, while valid. */
  accountId: string | null;
};

let state: SessionState = { status: "unknown", csrfToken: null, accountId: null };
const listeners = new Set<() => void>();

export const sessionNow = (): SessionState => state;

export function setSession(next: SessionState): void {
  const isSame =
    next.status === state.status &&
    next.csrfToken === state.csrfToken &&
    next.accountId === state.accountId;
  if (isSame) return;
  state = next;
  for (const listener of listeners) listener();
}

/** A call got no answer, or got one again: keeps the token, changes what the screen says. */
export function setReachable(isReachable: boolean): void {
  if (!isReachable && state.status !== "expired") setSession({ ...state, status: "unreachable" });
  if (isReachable && state.status === "unreachable" && state.accountId !== null) {
    setSession({ ...state, status: "valid" });
  }
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
