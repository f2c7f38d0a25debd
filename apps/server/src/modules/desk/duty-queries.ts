import type { Tier } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type SilentHolder = {
  tier: Tier;
  holder_code: string;
  holder_name: string | null;
  unsigned: number;
  since: Date;
};

/**
 * Holders in the transaction's sight with cases that were sent to them before the given instants
 * (ordinary and emergency) and that they have not signed, most cases first.
 */
export const selectSilentHolders = async (
  trx: Trx,
  countyCode: string,
  sentBefore: { ordinary: Date; emergency: Date },
): Promise<SilentHolder[]> => {
  const { rows } = await sql<SilentHolder>`
    WITH late AS (
      SELECT c.tier, c.holder_code, sent.at
      FROM cases c CROSS JOIN LATERAL (
        SELECT e.occurred_at AS at FROM case_event e
        WHERE e.county_code = ${countyCode} AND e.case_id = c.case_id
          AND e.kind IN ('dispatch', 'escalate', 'return', 'rework', 'reopen', 'mark_no_owner')
        ORDER BY e.seq DESC LIMIT 1) sent
      WHERE c.county_code = ${countyCode} AND c.state = 'dispatched' AND c.holder_code IS NOT NULL
        AND c.suspended_until IS NULL
        AND sent.at < CASE WHEN c.emergency THEN ${sentBefore.emergency}::timestamptz
          ELSE ${sentBefore.ordinary}::timestamptz END
    )
    SELECT late.tier, late.holder_code, coalesce(d.name, g.name) AS holder_name,
      count(*)::int AS unsigned, min(late.at) AS since
    FROM late
    LEFT JOIN department d ON d.county_code = ${countyCode} AND late.tier = 'department'
      AND d.unit_code = late.holder_code
    LEFT JOIN grid g ON g.county_code = ${countyCode} AND late.tier <> 'department'
      AND g.grid_code = late.holder_code AND g.valid_to IS NULL
    GROUP BY 1, 2, 3 ORDER BY unsigned DESC, since LIMIT 100`.execute(trx);
  return rows;
};
