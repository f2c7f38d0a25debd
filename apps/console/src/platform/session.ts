import { ApiProblem } from "@onegrid/client";
import {
  askPasskey,
  getSession,
  getSignInWays,
  sendSignInCode,
  signIn,
  signInWithPasskey,
  signOut,
  type EndpointInput,
  type Session,
} from "@onegrid/contract";
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { client, rememberCsrf } from "./client.ts";

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await client.call(getSession, {}, { signal });
      rememberCsrf(session);
      return session;
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** Ways to sign in beside the password. */
export const waysQuery = queryOptions({
  queryKey: ["sign-in-ways"],
  queryFn: ({ signal }) => client.call(getSignInWays, {}, { signal }),
  staleTime: Infinity,
});

export type SignInBody = EndpointInput<typeof signIn>["body"];

const begin = (queries: QueryClient, session: Session): Session => {
  queries.clear();
  rememberCsrf(session);
  queries.setQueryData(sessionQuery.queryKey, session);
  return session;
};

/** Signs in with a passkey of this device; the browser asks who holds it. */
export const enterByPasskey = async (queries: QueryClient): Promise<Session> => {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { challenge, options } = await client.call(askPasskey, {});
  const response = await startAuthentication({
    // The server's library made it; the contract only says that it is an object.
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  const body = { challenge, response: { ...response } };
  return begin(queries, await client.call(signInWithPasskey, { body }));
};

/** Sends the account's code for signing in to its phone. */
export const sendCode = (body: EndpointInput<typeof sendSignInCode>["body"]) =>
  client.call(sendSignInCode, { body });

/** Signs in; everything that another account saw is forgotten first. */
export const enter = async (queries: QueryClient, body: SignInBody): Promise<Session> =>
  begin(queries, await client.call(signIn, { body }));

/** Signs out; forgets everything even when the server already had. */
export const leave = async (queries: QueryClient): Promise<void> => {
  try {
    await client.call(signOut, {});
  } catch (error) {
    if (!(error instanceof ApiProblem && error.problem.status === 401)) throw error;
  }
  rememberCsrf(null);
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, null);
};

/** The signed-in session; only for screens behind the signed-in route. */
export const useSession = (): Session => {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("a screen behind sign-in was drawn without a session");
  return data;
};
