import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A line with its link; `null` where one of the two is missing. */
export type ChainedLine = {
  auditId: string | null;
  seq: string | null;
  linkedId: string | null;
  hash: Buffer | null;
  /** What is hashed of the line; made here and not by the database's own function. */
  line: string | null;
  action: string | null;
};

const PAGE = 5_000;

/**
 * Every line and link of a county in the order of the chain; lines without a link come last.
 * Read in pages, so that years of them take no memory. Needs the whole chain in sight.
 */
export async function* readChain(trx: Trx, countyCode: string): AsyncGenerator<ChainedLine[]> {
  let after = "0";
  for (;;) {
    const { rows } = await sql<ChainedLine>`
      SELECT e.audit_id::text AS "auditId", l.seq::text AS seq, l.audit_id::text AS "linkedId",
             l.hash, e.action,
             json_build_array(e.county_code, e.audit_id, extract(epoch FROM e.occurred_at),
               e.account_id, e.action, e.outcome, e.subject, e.request_id, e.address,
               e.detail)::text AS line
        FROM audit_link l
        LEFT JOIN audit_event e ON e.county_code = l.county_code AND e.audit_id = l.audit_id
       WHERE l.county_code = ${countyCode} AND l.seq > ${after}
       ORDER BY l.seq LIMIT ${PAGE}`.execute(trx);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) break;
    after = rows.at(-1)?.seq ?? after;
  }
  const { rows } = await sql<ChainedLine>`
    SELECT e.audit_id::text AS "auditId", NULL AS seq, NULL AS "linkedId", NULL::bytea AS hash,
           NULL AS line, e.action
      FROM audit_event e
     WHERE e.county_code = ${countyCode} AND NOT EXISTS (SELECT FROM audit_link l
       WHERE l.county_code = e.county_code AND l.audit_id = e.audit_id)
     ORDER BY e.audit_id LIMIT ${PAGE}`.execute(trx);
  if (rows.length > 0) yield rows;
}

/** Hash of a link: of the link before it (empty for the first) and the line. */
export const linkHash = (previous: Buffer, line: string): Buffer =>
  createHash("sha256").update(previous).update(line, "utf8").digest();

/** The last link of a county; null while nothing was recorded. */
export const readHead = async (
  trx: Trx,
  countyCode: string,
): Promise<{ seq: string; hash: Buffer } | null> => {
  const { rows } = await sql<{ seq: string; hash: Buffer }>`
    SELECT seq::text, hash FROM audit_link WHERE county_code = ${countyCode}
     ORDER BY audit_link.seq DESC LIMIT 1`.execute(trx);
  return rows[0] ?? null;
};

export type CaseDigest = { events: number; sha256: string };

/**
 * SHA-256 over what the case log took between two instants, in the order of case and number, and
 * how many events that were.
 */
export const digestCaseEvents = async (
  trx: Trx,
  countyCode: string,
  from: Date,
  to: Date,
): Promise<CaseDigest> => {
  const hash = createHash("sha256");
  let events = 0;
  let after = { caseId: "00000000-0000-0000-0000-000000000000", seq: 0 };
  for (;;) {
    const { rows } = await sql<{ caseId: string; seq: number; line: string }>`
      SELECT case_id AS "caseId", seq, json_build_array(case_id, seq, event_id, kind,
               extract(epoch FROM occurred_at), extract(epoch FROM recorded_at), actor_role,
               actor_account_id, data)::text AS line
        FROM case_event
       WHERE county_code = ${countyCode} AND recorded_at >= ${from} AND recorded_at < ${to}
         AND (case_id, seq) > (${after.caseId}::uuid, ${after.seq}::integer)
       ORDER BY case_id, seq LIMIT ${PAGE}`.execute(trx);
    for (const { line } of rows) hash.update(line, "utf8").update("\n");
    events += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = last;
  }
  return { events, sha256: hash.digest("hex") };
};

/** Digests that the log holds: of which days, and what they say. */
export const readDigests = async (
  trx: Trx,
  countyCode: string,
): Promise<(CaseDigest & { day: string })[]> => {
  const { rows } = await sql<CaseDigest & { day: string }>`
    SELECT subject AS day, (detail->>'events')::int AS events, detail->>'sha256' AS sha256
      FROM audit_event WHERE county_code = ${countyCode} AND action = 'cases.digest'
     ORDER BY subject`.execute(trx);
  return rows;
};
