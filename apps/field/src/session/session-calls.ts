import { ApiProblem, NoAnswer } from "@onegrid/client";
import {
  changePassword,
  getSession,
  signIn,
  signOut,
  type EndpointInput,
  type Session,
} from "@onegrid/contract";
import { api } from "./api.ts";
import { oweSignOut, owesSignOut, remember } from "./remembered.ts";
import { sessionNow, setReachable, setSession, type SessionState } from "./session.ts";

/** Account and password, and where the server asked for it a second factor. */
export type SignInProof = EndpointInput<typeof signIn>["body"];

const GONE: SessionState = { status: "expired", csrfToken: null, accountId: null };

function take(session: Session): Session {
  setSession({
    status: "valid",
    csrfToken: session.csrfToken,
    accountId: session.account.accountId,
  });
  return session;
}

/** Ends a session that was left while offline. Nothing happens while the server is away. */
async function payOwedSignOut(): Promise<void> {
  if (!owesSignOut()) return;
  try {
    const session = await api.call(getSession, {});
    setSession({ status: "valid", csrfToken: session.csrfToken, accountId: null });
    await api.call(signOut, {});
    setSession(GONE);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
  }
  oweSignOut(false);
}

/** Asks the server who is signed in, and sets the session's state by its answer. */
export async function checkSession(): Promise<SessionState> {
  try {
    await payOwedSignOut();
    const session = await api.call(getSession, {});
    // Nothing opens before the password is changed, which signing in again asks for.
    if (session.passwordIsDue) setSession(GONE);
    else take(session);
  } catch (error) {
    if (error instanceof NoAnswer) setReachable(false);
    else if (error instanceof ApiProblem && error.problem.status === 401) setSession(GONE);
    else if (error instanceof ApiProblem) setReachable(false);
    else throw error;
  }
  return sessionNow();
}

/** Signs in and remembers who it was. Throws like the client. */
export async function startSession(proof: SignInProof): Promise<Session> {
  await payOwedSignOut();
  const session = await api.call(signIn, { body: proof });
  // With a password that is due nothing is sent yet; its token changes the password and no more.
  if (session.passwordIsDue) setSession({ ...GONE, csrfToken: session.csrfToken });
  else take(session);
  remember(session);
  return session;
}

/** Changes a password that the server asks to be changed first; the session then works. Throws like the client. */
export async function renewPassword(currentPassword: string, newPassword: string): Promise<void> {
  await api.call(changePassword, { body: { currentPassword, newPassword } });
  take(await api.call(getSession, {}));
}

/** Ends the session here and on the server; offline, on the server as soon as it is reachable. */
export async function endSession(): Promise<void> {
  oweSignOut(true);
  try {
    await payOwedSignOut();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
  setSession(GONE);
}
