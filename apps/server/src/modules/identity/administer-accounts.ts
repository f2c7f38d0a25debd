import { ACCOUNT_ROLES, type AccountRole, type SignInRules } from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import {
  deletePasskeys,
  deleteTotp,
  isFactorRequired,
  storeRecoveryCodes,
} from "./factors/factor-store.ts";
import { deletePhone } from "./factors/sms-store.ts";
import { readPasswordMaxAge } from "./account-queries.ts";
import { administratorsApart, employeeNumberTaken, noSuchAccount } from "./problems.ts";
import { endSessionsOf } from "./session-store.ts";

/**
 * The three administrators are kept apart: whoever could give another of them a new password could
 * do that one's work. Their accounts are made and mended by ./onegrid user, at the machine.
 * Throws `identity.administrators_apart`.
 */
export const refuseAdministrator = (role: string): void => {
  if (role.endsWith("_administrator")) throw new ProblemError(administratorsApart);
};

const readLogin = async (trx: Trx, ctx: StaffCtx, accountId: string): Promise<string> => {
  const row = await trx
    .selectFrom("account")
    .select(["login", "role"])
    .where("county_code", "=", ctx.county.countyCode)
    .where("account_id", "=", accountId)
    .where("kind", "=", "person")
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError(noSuchAccount);
  refuseAdministrator(row.role);
  return row.login;
};

/** The login of an account. Throws `identity.no_such_account`. */
export const loginOf = (ctx: StaffCtx, accountId: string): Promise<string> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => readLogin(trx, ctx, accountId));

/**
 * Takes every second factor from an account whose owner has lost them, and ends its sessions; where
 * one is required it is set up anew at the next sign-in. Throws `identity.no_such_account`.
 */
export const resetFactorsOf = (ctx: StaffCtx, accountId: string, address: string): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    await readLogin(trx, ctx, accountId);
    await deleteTotp(trx, countyCode, accountId);
    await deletePhone(trx, countyCode, accountId);
    await deletePasskeys(trx, countyCode, accountId, null);
    await storeRecoveryCodes(trx, countyCode, accountId, []);
    await endSessionsOf(trx, countyCode, accountId);
    await audit(trx, ctx, {
      action: "account.second_factor",
      outcome: "done",
      subject: accountId,
      address,
      detail: { change: "reset" },
    });
  });

/**
 * Says which employee number of the county's identity provider opens an account; null: none. Throws
 * `identity.no_such_account`, `identity.employee_number_taken`.
 */
export const setEmployeeNumber = async (
  ctx: StaffCtx,
  accountId: string,
  employeeNumber: string | null,
  address: string,
): Promise<void> => {
  const { countyCode } = ctx.county;
  try {
    await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      await readLogin(trx, ctx, accountId);
      await trx
        .updateTable("account")
        .set({ employee_number: employeeNumber })
        .where("county_code", "=", countyCode)
        .where("account_id", "=", accountId)
        .execute();
      await audit(trx, ctx, {
        action: "account.employee_number",
        outcome: "done",
        subject: accountId,
        address,
        detail: { isSet: employeeNumber !== null },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) !== "account_by_employee_number") throw error;
    throw new ProblemError(employeeNumberTaken);
  }
};

/** Signs an account out everywhere. Throws `identity.no_such_account`. */
export const endAllSessionsOf = (
  ctx: StaffCtx,
  accountId: string,
  address: string,
): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await readLogin(trx, ctx, accountId);
    await endSessionsOf(trx, ctx.county.countyCode, accountId);
    await audit(trx, ctx, { action: "session.end", outcome: "done", subject: accountId, address });
  });

const rulesOf = async (trx: Trx, countyCode: string): Promise<SignInRules> => {
  const factorRequired: AccountRole[] = [];
  for (const role of ACCOUNT_ROLES) {
    if (await isFactorRequired(trx, countyCode, role)) factorRequired.push(role);
  }
  return { factorRequired, passwordMaxAgeDays: await readPasswordMaxAge(trx, countyCode) };
};

/** What the county asks of whom at the sign-in. */
export const readSignInRules = (ctx: StaffCtx): Promise<SignInRules> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => rulesOf(trx, ctx.county.countyCode));

/** Sets for every role whether a second factor is asked for, and when passwords run out. */
export const writeSignInRules = (
  ctx: StaffCtx,
  { factorRequired, passwordMaxAgeDays }: SignInRules,
  address: string,
): Promise<SignInRules> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    for (const role of ACCOUNT_ROLES) {
      await sql`INSERT INTO sign_in_rule (county_code, role, second_factor_required)
        VALUES (${countyCode}, ${role}, ${factorRequired.includes(role)})
        ON CONFLICT (county_code, role)
        DO UPDATE SET second_factor_required = EXCLUDED.second_factor_required`.execute(trx);
    }
    await sql`INSERT INTO password_rule (county_code, max_age_days)
      VALUES (${countyCode}, ${passwordMaxAgeDays})
      ON CONFLICT (county_code) DO UPDATE SET max_age_days = EXCLUDED.max_age_days`.execute(trx);
    await audit(trx, ctx, {
      action: "security.change",
      outcome: "done",
      address,
      detail: {
        factorRequired: factorRequired.join(" "),
        passwordMaxAgeDays: passwordMaxAgeDays ?? "none",
      },
    });
    return rulesOf(trx, countyCode);
  });
