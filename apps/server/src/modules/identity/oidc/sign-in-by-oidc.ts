import type { AccountRole } from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../../platform/context.ts";
import { inScope, type Trx } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { audit } from "../../audit/index.ts";
import { isFactorRequired } from "../factors/factor-store.ts";
import { oidcFactorMissing, oidcNoAccount } from "../problems.ts";
import { openSession, type SignedIn, type SignInInput } from "../sign-in.ts";
import type { Claimed } from "./provider.ts";

const accountOf = async (
  trx: Trx,
  countyCode: string,
  employeeNumber: string | null,
): Promise<{ accountId: string; role: AccountRole } | null> => {
  if (employeeNumber === null) return null;
  const row = await trx
    .selectFrom("account")
    .select(["account_id", "role"])
    .where("county_code", "=", countyCode)
    .where("employee_number", "=", employeeNumber)
    .where("kind", "=", "person")
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : { accountId: row.account_id, role: row.role as AccountRole };
};

/**
 * Begins a session for the open account that has the employee number; none is ever made. Where the
 * county asks the role for a second factor, the provider must have asked for one. Throws
 * `identity.oidc_no_account`, `identity.oidc_factor_missing`; both are on record.
 */
export const signInByOidc = async (
  ctx: Ctx,
  { employeeNumber, isTwoFactor }: Claimed,
  input: Pick<SignInInput, "address" | "userAgent" | "presentSecret">,
): Promise<SignedIn> => {
  const { countyCode } = ctx.county;
  const answer = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const account = await accountOf(trx, countyCode, employeeNumber);
    const lacksFactor =
      account !== null && !isTwoFactor && (await isFactorRequired(trx, countyCode, account.role));
    if (account !== null && !lacksFactor) {
      return openSession(ctx, trx, input, account.accountId, "oidc");
    }
    const refusal = account === null ? oidcNoAccount : oidcFactorMissing;
    await audit(trx, ctx, {
      action: "session.sign_in",
      outcome: "refused",
      accountId: account?.accountId ?? null,
      address: input.address,
      detail: { by: "oidc", code: refusal.code },
    });
    return refusal;
  });
  if ("code" in answer) throw new ProblemError(answer);
  return answer;
};
