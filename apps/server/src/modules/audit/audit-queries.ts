import type { AuditFilter, AuditLine } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { digestBounds } from "./days.ts";

/** Lines of one page or of one piece of an export. */
export const PAGE_LINES = 100;

type Row = Omit<AuditLine, "occurredAt"> & { occurredAt: Date };

/** Lines before (newest first) or after (oldest first) a place in the chain. */
export const readLines = async (
  trx: Trx,
  county: { countyCode: string; timeZone: string },
  filter: AuditFilter,
  place: { before: string } | { after: string },
  limit: number,
): Promise<AuditLine[]> => {
  const { countyCode, timeZone } = county;
  const { from, to, action, login, outcome } = filter;
  const isForward = "after" in place;
  const conditions = [
    sql`l.county_code = ${countyCode}`,
    isForward ? sql`l.seq > ${place.after}` : sql`l.seq < ${place.before}`,
    ...(from === undefined ? [] : [sql`e.occurred_at >= ${digestBounds(from, timeZone).from}`]),
    ...(to === undefined ? [] : [sql`e.occurred_at < ${digestBounds(to, timeZone).to}`]),
    ...(action === undefined ? [] : [sql`e.action = ${action}`]),
    ...(outcome === undefined ? [] : [sql`e.outcome = ${outcome}`]),
    ...(login === undefined
      ? []
      : [
          sql`e.account_id = (SELECT account_id FROM account
                 WHERE county_code = ${countyCode} AND login = ${login.toLowerCase()})`,
        ]),
  ];
  const { rows } = await sql<Row>`
    SELECT l.seq::text AS seq, e.occurred_at AS "occurredAt", e.account_id AS "accountId",
           a.login, e.action, e.outcome, e.subject, host(e.address) AS address,
           e.request_id AS "requestId", e.detail
      FROM audit_link l
      JOIN audit_event e ON e.county_code = l.county_code AND e.audit_id = l.audit_id
      LEFT JOIN account a ON a.county_code = e.county_code AND a.account_id = e.account_id
     WHERE ${sql.join(conditions, sql` AND `)}
     ORDER BY l.seq ${isForward ? sql`ASC` : sql`DESC`} LIMIT ${limit}`.execute(trx);
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }));
};
