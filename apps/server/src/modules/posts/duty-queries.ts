import type { MyDuty } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** What the person of an account is to do in the posts held on a day. */
export const selectMyDuties = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  on: string,
): Promise<MyDuty[]> => {
  const { rows } = await sql<MyDuty>`
    SELECT a.appointment_id AS "appointmentId", a.post_code AS "postCode", t.name AS "postName",
      g.name AS "gridName", d.version, d.duties, a.duty_version AS "acknowledgedVersion",
      d.sample AS "sampleDuties"
    FROM person n
    JOIN appointment a ON a.county_code = n.county_code AND a.person_id = n.person_id
    JOIN post p ON p.county_code = a.county_code AND p.post_code = a.post_code
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    JOIN LATERAL (SELECT * FROM duty_list d WHERE d.county_code = t.county_code
      AND d.template_code = t.template_code ORDER BY d.version DESC LIMIT 1) d ON true
    LEFT JOIN grid g ON g.county_code = p.county_code AND g.grid_code = p.grid_code
      AND g.valid_to IS NULL
    WHERE n.county_code = ${countyCode} AND n.account_id = ${accountId}::uuid
      AND a.begins_on <= ${on}::date AND (a.ends_on IS NULL OR a.ends_on > ${on}::date)
    ORDER BY t.rank, a.post_code`.execute(trx);
  return rows;
};
