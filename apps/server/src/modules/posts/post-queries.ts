import type { Post, PostTemplate } from "@onegrid/contract";
import type { GridLevel, HeldPost, PostRole, Tenure } from "@onegrid/domain";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { escapeLike, nameHolds } from "../../platform/name-search.ts";

type TemplateRow = Omit<PostTemplate, "publishedAt"> & { publishedAt: Date | null };

/** Kinds of posts in the order of public pages, with the duty list in force. */
export const selectTemplates = async (trx: Trx, countyCode: string): Promise<PostTemplate[]> => {
  const { rows } = await sql<TemplateRow>`
    SELECT t.template_code AS "templateCode", t.name, t.grid_level AS "gridLevel",
      t.account_role AS "accountRole", coalesce(d.version, 0) AS "dutyVersion",
      coalesce(d.duties, '{}') AS duties, d.published_at AS "publishedAt",
      coalesce(d.sample, false) AS "sampleDuties"
    FROM post_template t
    LEFT JOIN LATERAL (SELECT * FROM duty_list d WHERE d.county_code = t.county_code
      AND d.template_code = t.template_code ORDER BY d.version DESC LIMIT 1) d ON true
    WHERE t.county_code = ${countyCode} ORDER BY t.rank, t.template_code`.execute(trx);
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt?.toISOString() ?? null }));
};

export type PostFilters = {
  grid?: string | undefined;
  template?: string | undefined;
  vacant?: boolean | undefined;
  q?: string | undefined;
  /** Posts of exactly these grids. */
  grids?: readonly string[] | undefined;
};

const conditionsOf = (filters: PostFilters): RawBuilder<unknown>[] => {
  const { grid, template, vacant, q, grids } = filters;
  const conditions: RawBuilder<unknown>[] = [];
  if (grid !== undefined) conditions.push(sql`starts_with(p.grid_code, ${grid})`);
  if (grids !== undefined) {
    conditions.push(sql`p.grid_code = ANY (${grids as string[]}::text[])`);
  }
  if (template !== undefined) conditions.push(sql`p.template_code = ${template}`);
  if (vacant !== undefined) conditions.push(sql`(a.appointment_id IS NULL) = ${vacant}`);
  if (q !== undefined && q !== "") {
    const like = `%${escapeLike(q)}%`;
    conditions.push(
      sql`(p.post_code ILIKE ${like} OR ${nameHolds("n", q)} OR ${nameHolds("t", q)}
        OR ${nameHolds("g", q)})`,
    );
  }
  return conditions;
};

/** Posts that exist on a day with who holds them then, by code. One statement. */
export const selectPosts = async (
  trx: Trx,
  countyCode: string,
  on: string,
  query: PostFilters & { afterCode: string | null; limit: number },
): Promise<Post[]> => {
  const conditions = [
    sql`p.county_code = ${countyCode} AND p.opened_on <= ${on}::date
      AND (p.closed_on IS NULL OR p.closed_on > ${on}::date)`,
    ...conditionsOf(query),
  ];
  if (query.afterCode !== null) conditions.push(sql`p.post_code > ${query.afterCode}`);
  const { rows } = await sql<Post>`
    SELECT p.post_code AS "postCode", p.template_code AS "templateCode", t.name AS "templateName",
      p.grid_code AS "gridCode", g.name AS "gridName", p.duty_phone AS "dutyPhone",
      p.service_hours AS "serviceHours", p.opened_on AS "openedOn", p.closed_on AS "closedOn",
      p.sample, coalesce(d.version, 0) AS "dutyVersion",
      CASE WHEN a.appointment_id IS NOT NULL THEN jsonb_build_object(
        'appointmentId', a.appointment_id, 'personId', a.person_id, 'name', n.name,
        'beginsOn', a.begins_on, 'dutyVersion', a.duty_version) END AS holder
    FROM post p
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    LEFT JOIN LATERAL (SELECT name, name_keys FROM grid g WHERE g.county_code = p.county_code
      AND g.grid_code = p.grid_code AND g.valid_from <= ${on}::date
      AND (g.valid_to IS NULL OR g.valid_to > ${on}::date) ORDER BY g.version DESC LIMIT 1) g ON true
    LEFT JOIN LATERAL (SELECT max(version) AS version FROM duty_list d
      WHERE d.county_code = p.county_code AND d.template_code = p.template_code) d ON true
    LEFT JOIN appointment a ON a.county_code = p.county_code AND a.post_code = p.post_code
      AND a.begins_on <= ${on}::date AND (a.ends_on IS NULL OR a.ends_on > ${on}::date)
    LEFT JOIN person n ON n.county_code = a.county_code AND n.person_id = a.person_id
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY p.post_code LIMIT ${query.limit}`.execute(
    trx,
  );
  return rows;
};

export type StoredPost = {
  gridCode: string;
  templateCode: string;
  openedOn: string;
  closedOn: string | null;
};

/** A post, its row locked: appointments to it are made one after another. */
export const lockPost = async (
  trx: Trx,
  countyCode: string,
  postCode: string,
): Promise<StoredPost | null> => {
  const { rows } = await sql<StoredPost>`
    SELECT grid_code AS "gridCode", template_code AS "templateCode", opened_on AS "openedOn",
      closed_on AS "closedOn"
    FROM post WHERE county_code = ${countyCode} AND post_code = ${postCode}
    FOR UPDATE`.execute(trx);
  return rows[0] ?? null;
};

/** When a post is or will be held. */
export const selectTenuresOfPost = async (
  trx: Trx,
  countyCode: string,
  postCode: string,
): Promise<Tenure[]> => {
  const { rows } = await sql<Tenure>`
    SELECT begins_on AS "beginsOn", ends_on AS "endsOn" FROM appointment
    WHERE county_code = ${countyCode} AND post_code = ${postCode}`.execute(trx);
  return rows;
};

/** Every post a person held, holds or will hold, with what it lets an account do. */
export const selectHeldPosts = async (
  trx: Trx,
  countyCode: string,
  personId: string,
): Promise<(HeldPost & { appointmentId: string; postCode: string })[]> => {
  const { rows } = await sql<{
    appointmentId: string;
    postCode: string;
    beginsOn: string;
    endsOn: string | null;
    role: PostRole;
    gridCode: string;
    gridLevel: GridLevel;
  }>`
    SELECT a.appointment_id AS "appointmentId", a.post_code AS "postCode",
      a.begins_on AS "beginsOn", a.ends_on AS "endsOn", t.account_role AS role,
      p.grid_code AS "gridCode", t.grid_level AS "gridLevel"
    FROM appointment a
    JOIN post p ON p.county_code = a.county_code AND p.post_code = a.post_code
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    WHERE a.county_code = ${countyCode} AND a.person_id = ${personId}
    ORDER BY a.begins_on`.execute(trx);
  return rows;
};

/** How many posts one person may hold; two unless the county says otherwise. */
export const selectMaxPosts = async (trx: Trx, countyCode: string): Promise<number> => {
  const row = await trx
    .selectFrom("staffing_rule")
    .select("max_posts_per_person")
    .where("county_code", "=", countyCode)
    .executeTakeFirst();
  return row?.max_posts_per_person ?? 2;
};

/**
 * Of these pairs of post and person, those a notice stands in the way of: it is published and its
 * term still runs, or an objection against it (or against this post in it) is open or was upheld.
 */
export const selectBlockedByNotice = async (
  trx: Trx,
  countyCode: string,
  pairs: readonly { postCode: string; personId: string }[],
  now: Date,
): Promise<{ postCode: string; personId: string }[]> => {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ postCode: string; personId: string }>`
    SELECT DISTINCT m.post_code AS "postCode", m.person_id AS "personId"
    FROM unnest(${pairs.map(({ postCode }) => postCode)}::text[],
      ${pairs.map(({ personId }) => personId)}::uuid[]) AS r(post_code, person_id)
    JOIN notice_nominee m ON m.county_code = ${countyCode} AND m.post_code = r.post_code
      AND m.person_id = r.person_id
    JOIN notice n ON n.county_code = m.county_code AND n.notice_id = m.notice_id
    WHERE n.state = 'published' AND (n.term_ends_at > ${now} OR EXISTS (
      SELECT FROM objection o WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id
        AND o.state IN ('open', 'upheld')
        AND (o.post_code IS NULL OR o.post_code = m.post_code)))`.execute(trx);
  return rows;
};
