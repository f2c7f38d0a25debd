import type { AccountRole } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** An account with the names of what it serves. */
export type NamedAccount = {
  accountId: string;
  login: string;
  name: string;
  role: AccountRole;
  scopeCode: string;
  scopeName: string;
  unitCode: string | null;
  unitName: string | null;
};

/** One account with the names of its grid and department. The caller knows that it exists. */
export const readNamedAccount = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<NamedAccount> => {
  const { rows } = await sql<NamedAccount>`
    SELECT a.account_id AS "accountId", a.login, a.name, a.role, a.scope_code AS "scopeCode",
           coalesce(g.name, c.name) AS "scopeName", a.unit_code AS "unitCode",
           d.name AS "unitName"
      FROM account a
      JOIN county c ON c.county_code = a.county_code
      LEFT JOIN grid g ON g.county_code = a.county_code AND g.grid_code = a.scope_code
        AND g.valid_to IS NULL AND a.scope_code <> a.county_code
      LEFT JOIN department d ON d.county_code = a.county_code AND d.unit_code = a.unit_code
     WHERE a.county_code = ${countyCode} AND a.account_id = ${accountId}`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error(`account ${accountId} is not there`);
  return row;
};

/** A line of `./onegrid user list`. */
export type AccountLine = Omit<NamedAccount, "scopeName" | "unitName"> & {
  nameKeys: string;
  employeeNumber: string | null;
  sample: boolean;
  disabledAt: Date | null;
  lockedUntil: Date | null;
};

/** Every person's account of a county by login; machines have a list of their own. */
export const readAccounts = async (trx: Trx, countyCode: string): Promise<AccountLine[]> => {
  const { rows } = await sql<AccountLine>`
    SELECT account_id AS "accountId", login, name, role, scope_code AS "scopeCode",
           unit_code AS "unitCode", name_keys AS "nameKeys", employee_number AS "employeeNumber", sample, disabled_at AS "disabledAt",
           locked_until AS "lockedUntil"
      FROM account WHERE county_code = ${countyCode} AND kind = 'person' ORDER BY login`.execute(
    trx,
  );
  return rows;
};

/** Whether a scope is the county itself or one of its present grids, and a department exists. */
export const checkPlace = async (
  trx: Trx,
  countyCode: string,
  scopeCode: string,
  unitCode: string | null,
): Promise<{ scopeExists: boolean; unitExists: boolean }> => {
  const { rows } = await sql<{ scopeExists: boolean; unitExists: boolean }>`
    SELECT ${scopeCode}::text = ${countyCode}::text OR EXISTS (
             SELECT FROM grid WHERE county_code = ${countyCode} AND grid_code = ${scopeCode}
               AND valid_to IS NULL) AS "scopeExists",
           ${unitCode}::text IS NULL OR EXISTS (
             SELECT FROM department WHERE county_code = ${countyCode}
               AND unit_code = ${unitCode}) AS "unitExists"`.execute(trx);
  return rows[0] ?? { scopeExists: false, unitExists: false };
};

/** When and from where an account was last signed in to. */
export type LastSignIn = { at: Date; address: string | null };

/** The last good sign-in of an account, or null at its first. */
export const readLastSignIn = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<LastSignIn | null> => {
  const { rows } = await sql<LastSignIn>`
    SELECT occurred_at AS at, host(address) AS address FROM audit_event
     WHERE county_code = ${countyCode} AND account_id = ${accountId}
       AND action = 'session.sign_in' AND outcome = 'done'
     ORDER BY audit_id DESC LIMIT 1`.execute(trx);
  return rows[0] ?? null;
};

/** Whether an account is there and not closed. */
export const isOpenAccount = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<boolean> => {
  const { rows } = await sql<{ open: boolean }>`SELECT EXISTS (SELECT FROM account
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND disabled_at IS NULL) AS open`.execute(trx);
  return rows[0]?.open ?? false;
};

/** Whether the password was given by somebody else or has run out by the county's rule. */
export const isPasswordDue = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  now: Date,
): Promise<boolean> => {
  const { rows } = await sql<{ due: boolean }>`
    SELECT a.password_given OR coalesce(
             a.password_set_at + make_interval(days => r.max_age_days) <= ${now}::timestamptz, false)
             AS due
      FROM account a LEFT JOIN password_rule r ON r.county_code = a.county_code
     WHERE a.county_code = ${countyCode} AND a.account_id = ${accountId}`.execute(trx);
  return rows[0]?.due ?? false;
};

/** Days after which a password runs out; null when it does not by itself. */
export const readPasswordMaxAge = async (trx: Trx, countyCode: string): Promise<number | null> => {
  const row = await trx
    .selectFrom("password_rule")
    .select("max_age_days")
    .where("county_code", "=", countyCode)
    .executeTakeFirst();
  return row?.max_age_days ?? null;
};
