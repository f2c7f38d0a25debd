import type { AccountRole } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { ACCOUNT_RULE } from "./lockout.ts";

/** What signing in needs to know of an account. */
export type Credentials = {
  accountId: string;
  role: AccountRole;
  passwordHash: string;
  lockedUntil: Date | null;
  isDisabled: boolean;
};

/**
 * The account of a login, its row locked against a second try at the same time; or null. A machine's
 * account is none that anybody signs in to.
 */
export const lockCredentials = async (
  trx: Trx,
  countyCode: string,
  login: string,
): Promise<Credentials | null> => {
  const row = await trx
    .selectFrom("account")
    .select(["account_id", "role", "password_hash", "locked_until", "disabled_at"])
    .where("county_code", "=", countyCode)
    .where("login", "=", login)
    .where("kind", "=", "person")
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    accountId: row.account_id,
    role: row.role as AccountRole,
    passwordHash: row.password_hash,
    lockedUntil: row.locked_until,
    isDisabled: row.disabled_at !== null,
  };
};

/**
 * Counts a try as failed before it is judged, and locks by `ACCOUNT_RULE` (the same doubling as
 * `waitAfter`). Does not wait for the disk: a counter lost in a crash does no harm, and the time
 * of a commit would tell that the login exists.
 */
export const claimTry = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  now: Date,
): Promise<void> => {
  const { free, firstWaitSeconds, longestWaitSeconds } = ACCOUNT_RULE;
  await sql`SET LOCAL synchronous_commit = off`.execute(trx);
  await sql`
    UPDATE account SET
      failed_attempts = failed_attempts + 1,
      locked_until = CASE WHEN failed_attempts + 1 < ${free} THEN NULL
        ELSE ${now}::timestamptz + make_interval(secs => least(
          ${longestWaitSeconds}::float8,
          ${firstWaitSeconds}::float8 * 2 ^ least(failed_attempts + 1 - ${free}, 30))) END
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** Takes a claimed try back: what came was right as far as it went. Earlier failures stay. */
export const releaseTry = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<void> => {
  await sql`UPDATE account SET failed_attempts = greatest(failed_attempts - 1, 0), locked_until = NULL
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** Forgets failed tries. */
export const clearTries = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<void> => {
  await trx
    .updateTable("account")
    .set({ failed_attempts: 0, locked_until: null })
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .execute();
};

/**
 * Stores a new password's hash and forgets failed tries. `isGiven`: somebody else chose it, so its
 * owner changes it before anything else.
 */
export const storePassword = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  passwordHash: string,
  { isGiven, now }: { isGiven: boolean; now: Date },
): Promise<void> => {
  await trx
    .updateTable("account")
    .set({
      password_hash: passwordHash,
      password_given: isGiven,
      password_set_at: now,
      failed_attempts: 0,
      locked_until: null,
    })
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .execute();
};

/** A new account as stored. */
export type AccountDraft = {
  accountId: string;
  /** A person's unless told. */
  kind?: "person" | "machine";
  login: string;
  name: string;
  role: AccountRole;
  scopeCode: string;
  unitCode: string | null;
  passwordHash: string;
  /** Somebody else chose the password: its owner changes it first. */
  passwordGiven?: boolean;
  sample: boolean;
  createdAt: Date;
};

/** Inserts accounts; throws the database's error when a login is taken. */
export const insertAccounts = async (
  trx: Trx,
  countyCode: string,
  drafts: readonly AccountDraft[],
): Promise<void> => {
  if (drafts.length === 0) return;
  await trx
    .insertInto("account")
    .values(
      drafts.map((draft) => ({
        county_code: countyCode,
        account_id: draft.accountId,
        kind: draft.kind ?? "person",
        login: draft.login,
        name: draft.name,
        role: draft.role,
        scope_code: draft.scopeCode,
        unit_code: draft.unitCode,
        password_hash: draft.passwordHash,
        password_given: draft.passwordGiven ?? false,
        password_set_at: draft.createdAt,
        sample: draft.sample,
        created_at: draft.createdAt,
      })),
    )
    .execute();
};

/** Id and name of the account of a person's login, or null. */
export const findAccount = async (
  trx: Trx,
  countyCode: string,
  login: string,
): Promise<{ accountId: string; name: string } | null> => {
  const row = await trx
    .selectFrom("account")
    .select(["account_id as accountId", "name"])
    .where("county_code", "=", countyCode)
    .where("login", "=", login)
    .where("kind", "=", "person")
    .executeTakeFirst();
  return row ?? null;
};

/** Closes an account from a moment on, or opens it again. */
export const setDisabled = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  disabledAt: Date | null,
): Promise<void> => {
  await trx
    .updateTable("account")
    .set({ disabled_at: disabledAt })
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .execute();
};
