import { createHmac, hkdfSync } from "node:crypto";
import { sql } from "kysely";
import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { caseRulesOf } from "../cases/index.ts";
import { readCounties } from "../county/index.ts";
import { derivedId } from "../notifications/index.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** 回访: draws the random sample among the cases closed lately; runs hourly. */
    "feedback.draw_sample": Record<string, never>;
  }
}

/** A worker that was away for so long still draws everybody once. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;

const sampleKey = (dataKey: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", dataKey, "", "onegrid callback sample", 32));

/**
 * Whether a case is in the sample: a keyed hash of its id below the share. Nobody without the key
 * can tell beforehand, nobody can draw again, and drawing twice draws the same.
 */
export const isDrawn = (dataKey: Uint8Array, caseId: string, share: number): boolean => {
  const hash = createHmac("sha256", sampleKey(dataKey)).update(caseId).digest();
  return hash.readUInt32BE(0) / 2 ** 32 < share;
};

/** Enters the calls of cases whose reporter left a way to be reached. */
export const drawSample = async ({ config, database, clock }: WorkerServices): Promise<void> => {
  const since = new Date(clock.now().getTime() - LOOK_BACK_MS);
  for (const { countyCode } of await readCounties(database.db)) {
    const { rules } = await caseRulesOf(database.db, countyCode);
    const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
    await inScope(database.db, scope, async (trx) => {
      const { rows } = await sql<{ case_id: string; closed_at: Date }>`
        SELECT c.case_id, c.closed_at FROM cases c
        JOIN reporter_contact r ON r.county_code = c.county_code AND r.case_id = c.case_id
        WHERE c.county_code = ${countyCode} AND c.closed_at >= ${since}::timestamptz
          AND c.state IN ('closed', 'self_handled')
          AND NOT EXISTS (SELECT FROM case_rating g
            WHERE g.county_code = c.county_code AND g.case_id = c.case_id
              AND g.follower_id = c.case_id)`.execute(trx);
      const drawn = rows
        .filter(({ case_id }) => isDrawn(config.dataKey, case_id, rules.callBackShare))
        .map((row) => ({ ...row, callback_id: derivedId("callback", row.case_id) }));
      if (drawn.length === 0) return;
      await sql`
        INSERT INTO callback_task (county_code, callback_id, case_id, closed_at)
        SELECT ${countyCode}, d.callback_id, d.case_id, d.closed_at
        FROM json_to_recordset(${JSON.stringify(drawn)}::json)
          AS d(callback_id uuid, case_id uuid, closed_at timestamptz)
        ON CONFLICT DO NOTHING`.execute(trx);
    });
  }
};
