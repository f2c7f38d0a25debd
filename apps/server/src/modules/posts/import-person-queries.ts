import type { Tenure } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { StoredPost } from "./post-queries.ts";

export type KnownPerson = {
  personId: string;
  name: string;
  gridCode: string;
  accountId: string | null;
  leftOn: string | null;
  phoneKeyId: string | null;
  phoneSealed: Buffer | null;
  idNumberKeyId: string | null;
  idNumberSealed: Buffer | null;
};

/** People by id with what is sealed, as far as the own scope may see it. */
export const selectKnownPeople = async (
  trx: Trx,
  countyCode: string,
  personIds: readonly string[],
): Promise<Map<string, KnownPerson>> => {
  const { rows } = await sql<KnownPerson>`
    SELECT n.person_id AS "personId", n.name, n.grid_code AS "gridCode",
      n.account_id AS "accountId", n.left_on AS "leftOn", s.phone_key_id AS "phoneKeyId",
      s.phone_sealed AS "phoneSealed", s.id_number_key_id AS "idNumberKeyId",
      s.id_number_sealed AS "idNumberSealed"
    FROM person n
    LEFT JOIN person_secret s ON s.county_code = n.county_code AND s.person_id = n.person_id
    WHERE n.county_code = ${countyCode}
      AND n.person_id = ANY (${personIds as string[]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.personId, row]));
};

/** Who has these ID numbers, by their marks in hex. */
export const selectOwnersOfMarks = async (
  trx: Trx,
  countyCode: string,
  marks: readonly Buffer[],
): Promise<Map<string, string>> => {
  const { rows } = await sql<{ mark: Buffer; personId: string }>`
    SELECT id_number_mark AS mark, person_id AS "personId" FROM person_secret
    WHERE county_code = ${countyCode}
      AND id_number_mark = ANY (${marks as Buffer[]}::bytea[])`.execute(trx);
  return new Map(rows.map(({ mark, personId }) => [mark.toString("hex"), personId]));
};

/** Accounts by login, each with the person it belongs to. */
export const selectAccounts = async (
  trx: Trx,
  countyCode: string,
  logins: readonly string[],
): Promise<Map<string, { accountId: string; personId: string | null }>> => {
  const { rows } = await sql<{ login: string; accountId: string; personId: string | null }>`
    SELECT a.login, a.account_id AS "accountId", n.person_id AS "personId" FROM account a
    LEFT JOIN person n ON n.county_code = a.county_code AND n.account_id = a.account_id
    WHERE a.county_code = ${countyCode} AND a.kind = 'person'
      AND a.login = ANY (${logins as string[]}::text[])`.execute(trx);
  return new Map(rows.map(({ login, ...account }) => [login, account]));
};

export type KnownTenure = Tenure & { appointmentId: string; postCode: string; personId: string };

/** Every appointment of these posts or these people. */
export const selectTenures = async (
  trx: Trx,
  countyCode: string,
  postCodes: readonly string[],
  personIds: readonly string[],
): Promise<KnownTenure[]> => {
  const { rows } = await sql<KnownTenure>`
    SELECT appointment_id AS "appointmentId", post_code AS "postCode", person_id AS "personId",
      begins_on AS "beginsOn", ends_on AS "endsOn"
    FROM appointment WHERE county_code = ${countyCode}
      AND (post_code = ANY (${postCodes as string[]}::text[])
        OR person_id = ANY (${personIds as string[]}::uuid[]))`.execute(trx);
  return rows;
};

/** Posts by code, their rows locked in the order of codes: nobody else appoints to them meanwhile. */
export const lockPosts = async (
  trx: Trx,
  countyCode: string,
  postCodes: readonly string[],
): Promise<Map<string, StoredPost>> => {
  const { rows } = await sql<StoredPost & { code: string }>`
    SELECT post_code AS code, grid_code AS "gridCode", template_code AS "templateCode",
      opened_on AS "openedOn", closed_on AS "closedOn"
    FROM post WHERE county_code = ${countyCode}
      AND post_code = ANY (${postCodes as string[]}::text[])
    ORDER BY post_code FOR UPDATE`.execute(trx);
  return new Map(rows.map((row) => [row.code, row]));
};
