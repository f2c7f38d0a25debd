import type { RatingSource } from "@onegrid/contract";
import { SATISFIED_FROM } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type Rating = {
  caseId: string;
  followerId: string;
  source: RatingSource;
  score: number;
  resolved: boolean;
  words: string | null;
  ratedAt: Date;
  /** Month of the answer in the county's time zone, `YYYY-MM`. */
  month: string;
  /** Whom it is about. */
  gridCode: string;
  unitCode: string;
};

/** Writes a rating and counts it, once a follower; false when there is one already. */
export const insertRating = async (
  trx: Trx,
  countyCode: string,
  rating: Rating,
): Promise<boolean> => {
  const { rows } = await sql<{ month: string }>`
    WITH written AS (
      INSERT INTO case_rating (county_code, case_id, follower_id, source, score, resolved, words,
        rated_at)
      VALUES (${countyCode}, ${rating.caseId}::uuid, ${rating.followerId}::uuid, ${rating.source},
        ${rating.score}, ${rating.resolved}, ${rating.words}, ${rating.ratedAt}::timestamptz)
      ON CONFLICT DO NOTHING RETURNING 1
    )
    INSERT INTO satisfaction_tally AS t (county_code, month, grid_code, unit_code, answered,
      satisfied, resolved)
    SELECT ${countyCode}, ${`${rating.month}-01`}::date, ${rating.gridCode}, ${rating.unitCode}, 1,
      ${rating.score >= SATISFIED_FROM ? 1 : 0}, ${rating.resolved ? 1 : 0} FROM written
    ON CONFLICT (county_code, month, grid_code, unit_code) DO UPDATE SET
      answered = t.answered + 1, satisfied = t.satisfied + excluded.satisfied,
      resolved = t.resolved + excluded.resolved
    RETURNING month`.execute(trx);
  return rows.length === 1;
};

/** Takes the words of a rating away for good; the mark stays counted. */
export const clearRatingWords = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  followerId: string,
): Promise<void> => {
  await sql`UPDATE case_rating SET words = NULL WHERE county_code = ${countyCode}
    AND case_id = ${caseId}::uuid AND follower_id = ${followerId}::uuid`.execute(trx);
};
