import { readFileSync } from "node:fs";
import { z } from "zod";
import { messageOf, OperatorError } from "./operator-error.ts";

const Provider = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Claim that holds the employee number. */
  employeeNumberClaim: z.string().min(1).default("employee_number"),
  /** Words on the button. */
  label: z.string().min(1).max(40),
});

/** A county's identity provider. */
export type OidcProvider = z.infer<typeof Provider>;

/** Identity providers by county. */
export type OidcProviders = Readonly<Record<string, OidcProvider>>;

const isHere = (issuer: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(issuer).hostname);

/**
 * Reads the file that ONEGRID_OIDC_FILE names: `{"<county>": {issuer, clientId, clientSecret, label}}`;
 * nothing where it is not set. A provider is called over TLS, unless it runs on this machine. Throws
 * `oidc.bad_file`, never telling a value.
 */
export const oidcFromEnvironment = (env: Record<string, string | undefined>): OidcProviders => {
  const file = env["ONEGRID_OIDC_FILE"];
  if (file === undefined) return {};
  const bad = (reason: string): OperatorError =>
    new OperatorError(
      "oidc.bad_file",
      `ONEGRID_OIDC_FILE cannot be used: ${reason}`,
      "docs/operations.md says what it holds.",
    );
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw bad(cause instanceof SyntaxError ? "it is no JSON" : messageOf(cause));
  }
  const parsed = z.record(z.string(), Provider).safeParse(json);
  if (!parsed.success) {
    throw bad(parsed.error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`).join("; "));
  }
  for (const [county, { issuer }] of Object.entries(parsed.data)) {
    if (!issuer.startsWith("https:") && !isHere(issuer)) throw bad(`${county}.issuer: not https`);
  }
  return parsed.data;
};
