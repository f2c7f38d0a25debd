import type { WorkPlaces } from "@onegrid/contract";
import { ENDED_STATES } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Cases that are told apart on a map of one community; the newest of more. */
const MOST_CASES = 5000;

/** Where the work of a grid and below lies, without saying what it is: open, and of the last year. */
export const selectCasePlaces = async (
  trx: Trx,
  countyCode: string,
  gridCode: string,
  now: Date,
): Promise<Pick<WorkPlaces, "open" | "ended">> => {
  const { rows } = await sql<{ lng: number; lat: number; ended: boolean }>`
    SELECT lng, lat, state IN (${sql.join([...ENDED_STATES])}) AS ended FROM cases
    WHERE county_code = ${countyCode} AND grid_code >= ${gridCode}
      AND grid_code < ${`${gridCode}~`} AND lng IS NOT NULL
      AND (state NOT IN (${sql.join([...ENDED_STATES])})
        OR reported_at > ${now}::timestamptz - interval '12 months')
    ORDER BY case_id DESC LIMIT ${MOST_CASES}`.execute(trx);
  const of = (ended: boolean) =>
    rows.filter((row) => row.ended === ended).map(({ lng, lat }) => ({ lng, lat }));
  return { open: of(false), ended: of(true) };
};

/** Estates of a grid and below whose place is known, with their households. */
export const selectEstatePlaces = async (
  trx: Trx,
  countyCode: string,
  gridCode: string,
  today: string,
): Promise<WorkPlaces["estates"]> => {
  const { rows } = await sql<WorkPlaces["estates"][number]>`
    SELECT lng, lat, coalesce(households, 0) AS households FROM estate
    WHERE county_code = ${countyCode} AND grid_code >= ${gridCode}
      AND grid_code < ${`${gridCode}~`} AND lng IS NOT NULL
      AND (valid_to IS NULL OR valid_to > ${today}::date)
    ORDER BY code`.execute(trx);
  return rows;
};
