import type { DatabaseContext, Finding } from "./check.ts";

interface Row {
  county: string;
  missing: number[];
  provisional: number[];
}

/**
 * Each county's working calendar for this year and the next one, on its own clock. Without a year
 * no deadline in it can be told; a provisional one knows weekends but no public holiday. The State
 * Council announces a year's holidays in the last weeks of the year before, so the next year is
 * asked for in December only.
 */
export async function calendar({ client, now }: DatabaseContext): Promise<Finding[]> {
  const { rows } = await client.query<Row>(
    `WITH wanted AS (
       SELECT c.county_code, c.name, y.year
         FROM county c
        CROSS JOIN LATERAL (SELECT $1::timestamptz AT TIME ZONE c.time_zone AS at) t
        CROSS JOIN LATERAL generate_series(
          extract(year FROM t.at)::int,
          extract(year FROM t.at + interval '1 month')::int) AS y(year)
     )
     SELECT w.name AS county,
            coalesce(array_agg(w.year ORDER BY w.year) FILTER (WHERE cy.year IS NULL), '{}') AS missing,
            coalesce(array_agg(w.year ORDER BY w.year) FILTER (WHERE cy.provisional), '{}') AS provisional
       FROM wanted w
       LEFT JOIN calendar_year cy ON cy.county_code = w.county_code AND cy.year = w.year
      GROUP BY w.county_code, w.name
      ORDER BY w.county_code`,
    [now],
  );
  return rows.map(({ county, missing, provisional }) => {
    const name = `calendar of ${county}`;
    if (missing.length > 0) {
      const detail = `no calendar for ${missing.join(", ")}`;
      return { name, health: "bad", detail, advice: "enter the year in the console" };
    }
    if (provisional.length === 0) return { name, health: "ok", detail: "complete" };
    return {
      name,
      health: "warn",
      detail: `provisional for ${provisional.join(", ")}: weekends only`,
      advice: "enter the public holidays and make-up working days that were announced",
    };
  });
}
