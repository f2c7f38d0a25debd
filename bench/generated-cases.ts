/** A county of 20 streets, 200 communities and 1,000 grids with as many cases as asked for. */
import type pg from "pg";

export const CASE_COUNTY = "990001";
export const STREET = `${CASE_COUNTY}007`;
export const COMMUNITY = `${STREET}003`;
export const GRID = `${COMMUNITY}002`;

const BOX = `'{"type":"Polygon","coordinates":[[[107,30],[108,30],[108,31],[107,30]]]}'`;

const SETUP = `
  INSERT INTO county (county_code, name, level_lengths)
    VALUES ('${CASE_COUNTY}', 'bench', '{6,9,12,15}');
  WITH codes AS (
    SELECT '${CASE_COUNTY}' AS code, 0 AS level
    UNION ALL SELECT '${CASE_COUNTY}' || to_char(s, 'FM000'), 1 FROM generate_series(1, 20) s
    UNION ALL SELECT '${CASE_COUNTY}' || to_char(s, 'FM000') || to_char(c, 'FM000'), 2
      FROM generate_series(1, 20) s, generate_series(1, 10) c
    UNION ALL SELECT '${CASE_COUNTY}' || to_char(s, 'FM000') || to_char(c, 'FM000')
        || to_char(g, 'FM000'), 3
      FROM generate_series(1, 20) s, generate_series(1, 10) c, generate_series(1, 5) g)
  INSERT INTO grid (county_code, grid_code, version, level, parent_code, name, outline, west, south,
    east, north, label_lng, label_lat, area_m2, valid_from)
  SELECT '${CASE_COUNTY}', code, 1, level,
    CASE WHEN level > 0 THEN left(code, length(code) - 3) END, 'Grid ' || code, ${BOX}, 107, 30,
    108, 31, 107.5, 30.5, 1000, '2020-01-01' FROM codes;
  INSERT INTO department (county_code, unit_code, name, nets)
    SELECT '${CASE_COUNTY}', 'unit' || n, 'Department ' || n, '{}' FROM generate_series(1, 20) n;
  INSERT INTO category (county_code, category_code, version, net, kind, name, owner_unit_code,
    start_tier, limit_amount, limit_unit)
  SELECT '${CASE_COUNTY}', 'c' || n, 1, (ARRAY['party_building', 'comprehensive_governance',
      'city_management', 'illegal_construction'])[1 + n % 4], 'matter', 'Category ' || n,
    'unit' || (1 + n % 20), CASE WHEN n % 3 = 0 THEN 'department' ELSE 'level3' END, 2,
    'working_day' FROM generate_series(1, 40) n;`;

/**
 * Cases over two years, evenly over the grids; the newest twentieth is still open, in every state.
 * Set-based, with the tables' own constraints.
 */
const CASES = `
  INSERT INTO cases (county_code, case_id, state, tier, holder_code, involved_units, grid_code,
    grid_version, lng, lat, tile_key, description, category_code, category_version, net, source,
    report_hash, reported_at, filed_at, limit_amount, limit_unit, due_at, disposed_at, closed_at,
    version)
  SELECT '${CASE_COUNTY}', gen_random_uuid(), state, tier,
    CASE WHEN open THEN CASE tier WHEN 'department' THEN unit ELSE grid END END,
    CASE tier WHEN 'department' THEN ARRAY[unit] ELSE '{}' END, grid, 1, 107.5, 30.5, n,
    'Rubbish and stalls beside the road, number ' || n, 'c' || category, 1,
    (ARRAY['party_building', 'comprehensive_governance', 'city_management',
      'illegal_construction'])[1 + category % 4],
    'worker', decode(repeat('00', 32), 'hex'), at, at, 2, 'working_day', at + interval '2 days',
    CASE WHEN open AND state <> 'fed_back' THEN NULL ELSE at + interval '1 day' END,
    CASE WHEN NOT open THEN at + interval '3 days' END, 5
  FROM (
    SELECT n, n > $1::float8 * 0.95 AS open,
      now() - (($1::float8 - n) / $1::float8) * interval '730 days' AS at,
      '${CASE_COUNTY}' || to_char(1 + n % 20, 'FM000') || to_char(1 + n / 20 % 10, 'FM000')
        || to_char(1 + n / 200 % 5, 'FM000') AS grid,
      1 + (n / 7) % 40 AS category,
      'unit' || (1 + (n / 5) % 20) AS unit,
      CASE WHEN n % 5 = 0 THEN 'department' ELSE 'level3' END AS tier,
      CASE WHEN n <= $1::float8 * 0.95 THEN 'closed'
        ELSE (ARRAY['dispatched', 'signed', 'handled', 'fed_back'])[1 + n / 1000 % 4] END AS state
    FROM generate_series($2::int, $3::int) n
  ) generated`;

const CHUNK = 50_000;

/** Fills the county; `say` hears how many cases are there. Connect as the owner. */
export const generateCases = async (
  client: pg.Client,
  rows: number,
  say: (done: number) => void,
): Promise<void> => {
  await client.query(SETUP);
  for (let from = 1; from <= rows; from += CHUNK) {
    const until = Math.min(rows, from + CHUNK - 1);
    await client.query(CASES, [rows, from, until]);
    say(until);
  }
  // What autovacuum does by itself within a minute.
  await client.query("VACUUM ANALYZE");
};
