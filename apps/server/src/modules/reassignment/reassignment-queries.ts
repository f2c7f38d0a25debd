import type { Candidacy, OfferedPost, Reassignment, ReassignmentState } from "@onegrid/contract";
import { ENDED_STATES, type OfferedPostFacts } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type ReassignmentRow = {
  reassignmentId: string;
  streetCode: string;
  streetName: string | null;
  state: ReassignmentState;
  version: number;
  endsOn: string | null;
  startedAt: Date;
};

const SELECT = sql`
  SELECT r.reassignment_id AS "reassignmentId", r.street_code AS "streetCode",
    g.name AS "streetName", r.state, r.version, r.ends_on AS "endsOn",
    r.started_at AS "startedAt"
  FROM reassignment r
  LEFT JOIN grid g ON g.county_code = r.county_code AND g.grid_code = r.street_code
    AND g.valid_to IS NULL`;

/** Reassignments of a grid prefix, newest first. */
export const selectReassignments = async (
  trx: Trx,
  countyCode: string,
  scope: string,
): Promise<ReassignmentRow[]> => {
  const { rows } = await sql<ReassignmentRow>`${SELECT}
    WHERE r.county_code = ${countyCode} AND starts_with(r.street_code, ${scope})
    ORDER BY r.started_at DESC, r.reassignment_id DESC LIMIT 100`.execute(trx);
  return rows;
};

/** One reassignment, or undefined. */
export const selectReassignment = async (
  trx: Trx,
  countyCode: string,
  reassignmentId: string,
): Promise<ReassignmentRow | undefined> => {
  const { rows } = await sql<ReassignmentRow>`${SELECT}
    WHERE r.county_code = ${countyCode}
      AND r.reassignment_id = ${reassignmentId}::uuid`.execute(trx);
  return rows[0];
};

/** Old posts of the street that this reassignment is about, and how many of them it has ended. */
export const selectFormerCounts = async (
  trx: Trx,
  countyCode: string,
  { reassignmentId, streetCode }: Pick<ReassignmentRow, "reassignmentId" | "streetCode">,
): Promise<{ listed: number; ended: number }> => {
  const { rows } = await sql<{ listed: number; ended: number }>`
    SELECT count(*)::integer AS listed, count(f.ended_on)::integer AS ended
    FROM former_post f
    WHERE f.county_code = ${countyCode} AND starts_with(f.grid_code, ${streetCode})
      AND (f.reassignment_id IS NULL OR f.reassignment_id = ${reassignmentId}::uuid)`.execute(trx);
  return rows[0] ?? { listed: 0, ended: 0 };
};

export type OfferedPostRow = Omit<OfferedPost, "state" | "notice" | "candidacies"> & {
  templateCode: string;
  notice: (NonNullable<OfferedPost["notice"]> & { isRunning: boolean }) | null;
} & Pick<OfferedPostFacts, "isHandedOver">;

/** The posts that are offered, by grid and rank, with what their state is read from. */
export const selectOfferedPosts = async (
  trx: Trx,
  countyCode: string,
  reassignmentId: string,
  now: Date,
): Promise<OfferedPostRow[]> => {
  const { rows } = await sql<OfferedPostRow>`
    SELECT o.post_code AS "postCode", t.template_code AS "templateCode", t.name AS "postName",
      p.grid_code AS "gridCode", g.name AS "gridName", o.selected_id AS "selectedId",
      o.selection_reason AS "selectionReason", o.handed_over_cases AS "handedOverCases",
      o.handed_over_at IS NOT NULL AS "isHandedOver", coalesce(c.cases, 0) AS "openCases",
      CASE WHEN n.notice_id IS NOT NULL THEN jsonb_build_object('noticeId', n.notice_id,
        'termEndsAt', n.term_ends_at, 'isRunning', n.term_ends_at > ${now},
        'openObjections', b.open, 'upheldObjections', b.upheld) END AS notice,
      CASE WHEN a.appointment_id IS NOT NULL THEN jsonb_build_object(
        'appointmentId', a.appointment_id, 'beginsOn', a.begins_on, 'acknowledged',
        CASE WHEN e.account_id IS NOT NULL AND d.version IS NOT NULL AND a.ends_on IS NULL
          THEN a.duty_version IS NOT NULL END) END AS appointment
    FROM offered_post o
    JOIN post p ON p.county_code = o.county_code AND p.post_code = o.post_code
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    LEFT JOIN LATERAL (SELECT concat_ws(' · ', CASE WHEN g.level = 3 THEN u.name END, g.name)
        AS name FROM grid g
      LEFT JOIN grid u ON u.county_code = g.county_code AND u.grid_code = g.parent_code
        AND u.valid_to IS NULL
      WHERE g.county_code = p.county_code AND g.grid_code = p.grid_code
        AND g.valid_to IS NULL) g ON true
    LEFT JOIN notice n ON n.county_code = o.county_code AND n.notice_id = o.notice_id
      AND n.state = 'published'
    LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE b.state = 'open')::integer AS open,
        count(*) FILTER (WHERE b.state = 'upheld')::integer AS upheld
      FROM objection b WHERE b.county_code = n.county_code AND b.notice_id = n.notice_id
        AND (b.post_code IS NULL OR b.post_code = o.post_code)) b ON true
    LEFT JOIN appointment a ON a.county_code = o.county_code
      AND a.appointment_id = o.appointment_id
    LEFT JOIN person e ON e.county_code = a.county_code AND e.person_id = a.person_id
    LEFT JOIN LATERAL (SELECT max(d.version) AS version FROM duty_list d
      WHERE d.county_code = t.county_code AND d.template_code = t.template_code) d ON true
    LEFT JOIN (SELECT s.holder_code, count(*)::integer AS cases FROM cases s
      WHERE s.county_code = ${countyCode} AND s.tier <> 'department'
        AND s.state NOT IN (${sql.join([...ENDED_STATES])})
        AND s.holder_code IN (SELECT p.grid_code FROM offered_post o JOIN post p
          ON p.county_code = o.county_code AND p.post_code = o.post_code
          WHERE o.county_code = ${countyCode} AND o.reassignment_id = ${reassignmentId}::uuid)
      GROUP BY s.holder_code) c ON c.holder_code = p.grid_code
    WHERE o.county_code = ${countyCode} AND o.reassignment_id = ${reassignmentId}::uuid
      AND o.removed_at IS NULL
    ORDER BY p.grid_code, t.rank, o.post_code`.execute(trx);
  return rows;
};

/**
 * Candidates of the posts that are offered, in the order they were entered (ids sort by time). Barred
 * is who was published for the post when an objection was upheld.
 */
export const selectCandidacies = async (
  trx: Trx,
  countyCode: string,
  reassignmentId: string,
): Promise<Candidacy[]> => {
  const { rows } = await sql<Candidacy>`
    SELECT c.candidacy_id AS "candidacyId", c.post_code AS "postCode", c.person_id AS "personId",
      e.name, c.way, c.words, c.state, c.reason,
      EXISTS (SELECT FROM notice_nominee m
        JOIN notice n ON n.county_code = m.county_code AND n.notice_id = m.notice_id
          AND n.state = 'published'
        JOIN objection b ON b.county_code = n.county_code AND b.notice_id = n.notice_id
          AND b.state = 'upheld' AND (b.post_code IS NULL OR b.post_code = m.post_code)
        WHERE m.county_code = c.county_code AND m.post_code = c.post_code
          AND m.person_id = c.person_id) AS barred
    FROM candidacy c
    JOIN person e ON e.county_code = c.county_code AND e.person_id = c.person_id
    WHERE c.county_code = ${countyCode} AND c.reassignment_id = ${reassignmentId}::uuid
    ORDER BY c.candidacy_id`.execute(trx);
  return rows;
};

type EventRow = Omit<Reassignment["events"][number], "occurredAt"> & { occurredAt: Date };

/** What was done so far, the latest first; what is older is in the table. */
export const selectEvents = async (
  trx: Trx,
  countyCode: string,
  reassignmentId: string,
): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    SELECT v.seq, v.kind, v.occurred_at AS "occurredAt", c.name AS by, v.detail
    FROM reassignment_event v
    JOIN account c ON c.county_code = v.county_code AND c.account_id = v.account_id
    WHERE v.county_code = ${countyCode} AND v.reassignment_id = ${reassignmentId}::uuid
    ORDER BY v.seq DESC LIMIT 200`.execute(trx);
  return rows;
};
