import * as oidc from "openid-client";
import type { OidcProvider } from "../../../platform/oidc-config.ts";

/** What has to come back with the browser: sealed in a cookie for ten minutes. */
export type Attempt = { state: string; nonce: string; verifier: string };

/** What the provider said of whoever came back. */
export type Claimed = { employeeNumber: string | null; isTwoFactor: boolean };

/** Ways of signing in (RFC 8176) that are two factors, or one that cannot be copied. */
const TWO_FACTORS: readonly unknown[] = ["mfa", "hwk"];

const known = new Map<string, Promise<oidc.Configuration>>();

/** The provider's own description of itself, read once; a failure is tried again. */
const configurationOf = ({
  issuer,
  clientId,
  clientSecret,
}: OidcProvider): Promise<oidc.Configuration> => {
  const key = JSON.stringify([issuer, clientId, clientSecret]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const isPlain = new URL(issuer).protocol === "http:";
  const reading = oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    // Only on this machine: oidcFromEnvironment refuses it anywhere else.
    ...(isPlain && { execute: [oidc.allowInsecureRequests] }),
  });
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  return reading;
};

/** Where the browser goes, and what to keep until it comes back (code flow with PKCE). */
export const beginAt = async (
  provider: OidcProvider,
  redirectUri: string,
): Promise<{ address: string; attempt: Attempt }> => {
  const configuration = await configurationOf(provider);
  const verifier = oidc.randomPKCECodeVerifier();
  const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: "openid profile",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: attempt.state,
    nonce: attempt.nonce,
  });
  return { address: address.href, attempt };
};

/**
 * Exchanges the code and checks the ID token (signature, issuer, audience, time, nonce). Throws what
 * openid-client throws when anything of it is not as it must be.
 */
export const claimedBy = async (
  provider: OidcProvider,
  cameBackTo: URL,
  { state, nonce, verifier }: Attempt,
): Promise<Claimed> => {
  const configuration = await configurationOf(provider);
  const tokens = await oidc.authorizationCodeGrant(configuration, cameBackTo, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error("no ID token");
  // Many providers tell more than the subject only when they are asked for it.
  const named =
    claims[provider.employeeNumberClaim] ??
    (await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub))[
      provider.employeeNumberClaim
    ];
  const amr = Array.isArray(claims.amr) ? claims.amr : [];
  return {
    employeeNumber: typeof named === "string" && named !== "" ? named : null,
    isTwoFactor: amr.some((way) => TWO_FACTORS.includes(way)),
  };
};
