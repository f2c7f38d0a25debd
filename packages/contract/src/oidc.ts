import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Id, text } from "./primitives.ts";

/** Where a browser begins to sign in through the county's own identity provider; not an endpoint of JSON. */
export const OIDC_START = "/api/v1/oidc/start";
/** Where the provider sends it back; registered with the provider. */
export const OIDC_CALLBACK = "/api/v1/oidc/callback";

export const getSignInWays = endpoint({
  name: "session.ways",
  method: "GET",
  path: "/api/v1/session/ways",
  permission: "public",
  summary: "Ways to sign in beside the password",
  answer: z.object({
    /** The county's own identity provider, by the name on its button; null: none is set up. */
    oidc: z.object({ label: z.string() }).nullable(),
  }),
});

export const putEmployeeNumber = endpoint({
  name: "accounts.putEmployeeNumber",
  method: "PUT",
  path: "/api/v1/accounts/{accountId}/employee-number",
  permission: "accounts.manage",
  summary: "Say which employee number of the identity provider opens an account; null: none",
  params: z.object({ accountId: Id }),
  body: z.strictObject({ employeeNumber: text(60, 1).nullable() }),
  status: 204,
  answer: z.undefined(),
  problems: [
    "identity.no_such_account",
    "identity.administrators_apart",
    "identity.employee_number_taken",
  ],
});
