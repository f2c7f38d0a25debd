import type { OpenWork } from "@onegrid/contract";
import { ENDED_STATES } from "@onegrid/domain";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { nameHolds } from "../../platform/name-search.ts";

export type PersonRow = {
  personId: string;
  name: string;
  gridCode: string;
  gridName: string | null;
  login: string | null;
  leftOn: string | null;
  phoneSealed: Buffer | null;
  phoneKeyId: string | null;
  idNumberSealed: Buffer | null;
  idNumberKeyId: string | null;
  posts: { appointmentId: string; postCode: string; name: string; beginsOn: string }[];
  sample: boolean;
};

const COLUMNS = sql.raw(`
  n.person_id AS "personId", n.name, n.grid_code AS "gridCode", g.name AS "gridName", c.login,
  n.left_on AS "leftOn", n.sample, s.phone_sealed AS "phoneSealed",
  s.phone_key_id AS "phoneKeyId", s.id_number_sealed AS "idNumberSealed",
  s.id_number_key_id AS "idNumberKeyId"`);

/** People of a grid prefix by id with the posts they hold on a day. One statement. */
export const selectPeople = async (
  trx: Trx,
  countyCode: string,
  on: string,
  query: { grid: string; q: string | undefined; afterId: string | null; limit: number },
): Promise<PersonRow[]> => {
  const conditions: RawBuilder<unknown>[] = [
    sql`n.county_code = ${countyCode} AND starts_with(n.grid_code, ${query.grid})`,
  ];
  if (query.q !== undefined && query.q !== "") {
    conditions.push(nameHolds("n", query.q));
  }
  if (query.afterId !== null) conditions.push(sql`n.person_id > ${query.afterId}::uuid`);
  const { rows } = await sql<PersonRow>`
    SELECT ${COLUMNS}, coalesce(h.posts, '[]') AS posts
    FROM person n
    LEFT JOIN person_secret s ON s.county_code = n.county_code AND s.person_id = n.person_id
    LEFT JOIN grid g ON g.county_code = n.county_code AND g.grid_code = n.grid_code
      AND g.valid_to IS NULL
    LEFT JOIN account c ON c.county_code = n.county_code AND c.account_id = n.account_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('appointmentId', a.appointment_id, 'postCode',
        a.post_code, 'name', t.name, 'beginsOn', a.begins_on) ORDER BY t.rank) AS posts
      FROM appointment a
      JOIN post p ON p.county_code = a.county_code AND p.post_code = a.post_code
      JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
      WHERE a.county_code = n.county_code AND a.person_id = n.person_id
        AND a.begins_on <= ${on}::date AND (a.ends_on IS NULL OR a.ends_on > ${on}::date)) h ON true
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY n.person_id LIMIT ${query.limit}`.execute(
    trx,
  );
  return rows;
};

export type StoredPerson = {
  personId: string;
  name: string;
  gridCode: string;
  accountId: string | null;
  leftOn: string | null;
};

/** A person, the row locked: what somebody holds is changed by one at a time. */
export const lockPerson = async (
  trx: Trx,
  countyCode: string,
  personId: string,
): Promise<StoredPerson | null> => {
  const { rows } = await sql<StoredPerson>`
    SELECT person_id AS "personId", name, grid_code AS "gridCode", account_id AS "accountId",
      left_on AS "leftOn"
    FROM person WHERE county_code = ${countyCode} AND person_id = ${personId}::uuid
    FOR UPDATE`.execute(trx);
  return rows[0] ?? null;
};

type OpenRow = Omit<OpenWork, "dueAt" | "number"> & {
  caseNumber: string;
  reportedAt: Date;
  dueAt: Date | null;
};

/** At most so many are listed; the workbench shows the rest. */
const MOST = 200;

/** Open cases whose turn it is of these grids' posts, most urgent first. */
export const selectOpenWork = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<OpenRow[]> => {
  if (gridCodes.length === 0) return [];
  const { rows } = await sql<OpenRow>`
    SELECT case_id AS "caseId", case_number AS "caseNumber", reported_at AS "reportedAt",
      grid_code AS "gridCode", due_at AS "dueAt"
    FROM cases WHERE county_code = ${countyCode} AND tier <> 'department'
      AND holder_code = ANY (${gridCodes as string[]}::text[])
      AND state NOT IN (${sql.join([...ENDED_STATES])})
    ORDER BY due_at NULLS LAST, case_id LIMIT ${MOST}`.execute(trx);
  return rows;
};
