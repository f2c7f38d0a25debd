import type { CaseState, FollowOrigin } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Whose receipt it is and how the case behind it stands. */
export type ReceiptHolder = {
  caseId: string;
  /** The reporter's line may be missing: it is made when it is needed. */
  followerId: string;
  origin: FollowOrigin;
  state: CaseState;
  version: number;
  closedAt: Date | null;
  gridCode: string;
  /** Department that held it last; '' when a grid did. */
  unitCode: string;
  reopenings: number;
};

/** The holder of a receipt in its stored form; undefined when there is none. */
export const selectHolder = async (
  trx: Trx,
  countyCode: string,
  receiptCode: string,
): Promise<ReceiptHolder | undefined> => {
  const { rows } = await sql<ReceiptHolder>`
    WITH found AS (
      SELECT c.case_id, c.case_id AS follower_id, 'reporter' AS origin FROM cases c
        WHERE c.county_code = ${countyCode} AND c.receipt_code = ${receiptCode}
      UNION ALL
      SELECT f.case_id, f.follower_id, f.origin FROM case_follower f
        WHERE f.county_code = ${countyCode} AND f.receipt_code = ${receiptCode})
    SELECT c.case_id AS "caseId", found.follower_id AS "followerId", found.origin, c.state,
      c.version, c.closed_at AS "closedAt", c.grid_code AS "gridCode",
      CASE WHEN c.tier = 'department' THEN coalesce(c.involved_units[cardinality(c.involved_units)], '')
        ELSE '' END AS "unitCode",
      coalesce(jsonb_array_length(c.side -> 'reopenings'), 0) AS reopenings
    FROM found JOIN cases c ON c.county_code = ${countyCode} AND c.case_id = found.case_id`.execute(
    trx,
  );
  return rows[0];
};

/** The rating that a follower has given, by whatever way; undefined before. */
export const selectRating = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  followerId: string,
): Promise<{ score: number; resolved: boolean } | undefined> =>
  trx
    .selectFrom("case_rating")
    .select(["score", "resolved"])
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .where("follower_id", "=", followerId)
    .executeTakeFirst();
