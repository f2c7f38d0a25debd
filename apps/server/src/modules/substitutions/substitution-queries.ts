import type { AccountRole, SubstitutionKind } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Whether an account serves a grid besides its own on a day. */
export const servesOn = async (
  trx: Trx,
  countyCode: string,
  { accountId, scopeCode }: { accountId: string; scopeCode: string },
  day: string,
): Promise<boolean> => {
  const { rows } = await sql`
    SELECT FROM substitution
     WHERE county_code = ${countyCode} AND account_id = ${accountId}
       AND scope_code = ${scopeCode} AND starts_on <= ${day}
       AND coalesce(ended_on, ends_on) >= ${day} LIMIT 1`.execute(trx);
  return rows.length > 0;
};

export type SubstitutionRow = {
  substitution_id: string;
  kind: SubstitutionKind;
  account_id: string;
  account_name: string;
  scope_code: string;
  for_account_id: string | null;
  for_name: string | null;
  reason: string | null;
  starts_on: string;
  /** The planned last day, and the real one when it was ended early. */
  ends_on: string;
  last_day: string;
};

/** Ended ones are still shown for so many days. */
const SHOWN_AFTER_DAYS = 30;

/** Substitutions of an account, and those over grids of a subtree when one is given. */
export const readSubstitutions = async (
  trx: Trx,
  countyCode: string,
  { accountId, subtree }: { accountId: string; subtree: string | null },
  today: string,
): Promise<SubstitutionRow[]> => {
  const { rows } = await sql<SubstitutionRow>`
    SELECT s.substitution_id, s.kind, s.account_id, a.name AS account_name, s.scope_code,
           s.for_account_id, f.name AS for_name, s.reason, s.starts_on::text, s.ends_on::text,
           coalesce(s.ended_on, s.ends_on)::text AS last_day
      FROM substitution s
      JOIN account a ON a.county_code = s.county_code AND a.account_id = s.account_id
      LEFT JOIN account f ON f.county_code = s.county_code AND f.account_id = s.for_account_id
     WHERE s.county_code = ${countyCode}
       AND coalesce(s.ended_on, s.ends_on) >= ${today}::date - ${SHOWN_AFTER_DAYS}::int
       AND (s.account_id = ${accountId} OR (${subtree}::text IS NOT NULL
         AND s.scope_code >= ${subtree} AND s.scope_code < ${`${subtree ?? ""}~`}))
     ORDER BY s.starts_on, s.substitution_id`.execute(trx);
  return rows;
};

/** One by its id, or null. */
export const findSubstitution = async (
  trx: Trx,
  countyCode: string,
  substitutionId: string,
): Promise<SubstitutionRow | null> => {
  const { rows } = await sql<SubstitutionRow>`
    SELECT s.substitution_id, s.kind, s.account_id, a.name AS account_name, s.scope_code,
           s.for_account_id, f.name AS for_name, s.reason, s.starts_on::text, s.ends_on::text,
           coalesce(s.ended_on, s.ends_on)::text AS last_day
      FROM substitution s
      JOIN account a ON a.county_code = s.county_code AND a.account_id = s.account_id
      LEFT JOIN account f ON f.county_code = s.county_code AND f.account_id = s.for_account_id
     WHERE s.county_code = ${countyCode} AND s.substitution_id = ${substitutionId}`.execute(trx);
  return rows[0] ?? null;
};

export type StaffRow = {
  account_id: string;
  name: string;
  role: AccountRole;
  scope_code: string;
  open_cases: number;
};

/** Workers and heads of a subtree, with the open cases at their tier in their grid. */
export const readStaff = async (
  trx: Trx,
  countyCode: string,
  subtree: string,
): Promise<StaffRow[]> => {
  const { rows } = await sql<StaffRow>`
    SELECT a.account_id, a.name, a.role, a.scope_code,
           (SELECT count(*)::int FROM cases c
             WHERE c.county_code = ${countyCode} AND c.holder_code = a.scope_code
               AND c.closed_at IS NULL) AS open_cases
      FROM account a
     WHERE a.county_code = ${countyCode} AND a.role IN ('worker', 'head')
       AND a.disabled_at IS NULL
       AND a.scope_code >= ${subtree} AND a.scope_code < ${`${subtree}~`}
     ORDER BY a.scope_code, a.role DESC, a.name LIMIT 1000`.execute(trx);
  return rows;
};

/** Role and scope of open accounts, by id. */
export const readPeople = async (trx: Trx, countyCode: string, accountIds: readonly string[]) => {
  const rows = await trx
    .selectFrom("account")
    .select(["account_id", "role", "scope_code"])
    .where("county_code", "=", countyCode)
    .where("account_id", "in", [...accountIds])
    .where("disabled_at", "is", null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.account_id,
      { accountId: row.account_id, role: row.role as AccountRole, scopeCode: row.scope_code },
    ]),
  );
};
