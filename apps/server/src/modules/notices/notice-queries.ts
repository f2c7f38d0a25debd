import type { Notice, NoticeKind, NoticeState, Objection } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type NoticeRow = Omit<Notice, "publishedAt" | "termEndsAt" | "sha256"> & {
  publishedAt: Date | null;
  termEndsAt: Date | null;
  sha256: Buffer | null;
};

/** Columns of a notice with its grid, nominees and open objections. */
const SELECT = sql`
  SELECT n.notice_id AS "noticeId", n.kind, n.state, n.version, n.grid_code AS "gridCode",
    g.name AS "gridName", n.title, n.body, n.term_days AS "termDays",
    n.published_at AS "publishedAt", n.term_ends_at AS "termEndsAt", n.text_sha256 AS sha256,
    n.published_text AS "publishedText", n.withdraw_reason AS "withdrawReason", n.sample,
    coalesce(m.nominees, '[]') AS nominees,
    (SELECT count(*)::integer FROM objection o WHERE o.county_code = n.county_code
      AND o.notice_id = n.notice_id AND o.state = 'open') AS "openObjections"
  FROM notice n
  LEFT JOIN grid g ON g.county_code = n.county_code AND g.grid_code = n.grid_code
    AND g.valid_to IS NULL
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('postCode', m.post_code, 'postName', t.name,
      'gridCode', p.grid_code, 'gridName', pg.name, 'personId', m.person_id, 'name', e.name)
      ORDER BY p.grid_code, t.rank, m.post_code) AS nominees
    FROM notice_nominee m
    JOIN post p ON p.county_code = m.county_code AND p.post_code = m.post_code
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    JOIN person e ON e.county_code = m.county_code AND e.person_id = m.person_id
    LEFT JOIN grid pg ON pg.county_code = p.county_code AND pg.grid_code = p.grid_code
      AND pg.valid_to IS NULL
    WHERE m.county_code = n.county_code AND m.notice_id = n.notice_id) m ON true`;

/** One notice, or null. */
export const selectNotice = async (
  trx: Trx,
  countyCode: string,
  noticeId: string,
): Promise<NoticeRow | null> => {
  const { rows } = await sql<NoticeRow>`${SELECT}
    WHERE n.county_code = ${countyCode} AND n.notice_id = ${noticeId}::uuid`.execute(trx);
  return rows[0] ?? null;
};

/** Notices of a grid prefix, newest id first, before `beforeId`. */
export const selectNotices = async (
  trx: Trx,
  countyCode: string,
  query: {
    scope: string;
    state: NoticeState | undefined;
    kind: NoticeKind | undefined;
    beforeId: string | null;
    limit: number;
  },
): Promise<NoticeRow[]> => {
  const conditions: RawBuilder<unknown>[] = [
    sql`n.county_code = ${countyCode} AND starts_with(n.grid_code, ${query.scope})`,
  ];
  if (query.state !== undefined) conditions.push(sql`n.state = ${query.state}`);
  if (query.kind !== undefined) conditions.push(sql`n.kind = ${query.kind}`);
  if (query.beforeId !== null) conditions.push(sql`n.notice_id < ${query.beforeId}::uuid`);
  const { rows } = await sql<NoticeRow>`${SELECT}
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY n.notice_id DESC LIMIT ${query.limit}`.execute(trx);
  return rows;
};

/** Published notices, newest first; with a grid those of it, of all above and of all below it. */
export const selectPublished = async (
  trx: Trx,
  countyCode: string,
  grid: string | undefined,
  limit: number,
): Promise<NoticeRow[]> => {
  const near =
    grid === undefined
      ? sql`true`
      : sql`(starts_with(n.grid_code, ${grid}) OR starts_with(${grid}, n.grid_code))`;
  const { rows } = await sql<NoticeRow>`${SELECT}
    WHERE n.county_code = ${countyCode} AND n.published_at IS NOT NULL AND ${near}
    ORDER BY n.published_at DESC, n.notice_id DESC LIMIT ${limit}`.execute(trx);
  return rows;
};

type ObjectionRow = Omit<Objection, "receivedAt" | "answeredAt"> & {
  receivedAt: Date;
  answeredAt: Date | null;
};

const objectionView = (row: ObjectionRow): Objection => ({
  ...row,
  receivedAt: row.receivedAt.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
});

/** The objections against a notice in the order they came. */
export const selectObjections = async (
  trx: Trx,
  countyCode: string,
  noticeId: string,
): Promise<Objection[]> => {
  const { rows } = await sql<ObjectionRow>`
    SELECT objection_id AS "objectionId", post_code AS "postCode", state, words,
      contact_sealed IS NOT NULL AS "hasContact", received_at AS "receivedAt", answer,
      answered_at AS "answeredAt"
    FROM objection WHERE county_code = ${countyCode} AND notice_id = ${noticeId}::uuid
    ORDER BY received_at, objection_id`.execute(trx);
  return rows.map(objectionView);
};
