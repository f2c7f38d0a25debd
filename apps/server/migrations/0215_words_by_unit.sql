-- A department's cases lie far apart among the county's: to find its own, a search read the words of
-- every case that holds them and then each case. Here the words of a department's cases stand once
-- more, by department and newest first, so that its search reads its own cases and no others.
CREATE TABLE unit_case_words (
  county_code text COLLATE "C" NOT NULL,
  unit_code   text COLLATE "C" NOT NULL,
  reported_at timestamptz NOT NULL,
  case_id     uuid NOT NULL,
  words       text NOT NULL,
  PRIMARY KEY (county_code, unit_code, reported_at, case_id)
);
COMMENT ON TABLE unit_case_words IS
  'case_words of cases that a department has or had a part in; follows from cases.involved_units.';
ALTER TABLE unit_case_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY write_in_county ON unit_case_words FOR INSERT
  WITH CHECK (county_code = onegrid.county());
-- Read by the functions below alone, as the owner.
GRANT INSERT ON unit_case_words TO onegrid_app;

INSERT INTO unit_case_words (county_code, unit_code, reported_at, case_id, words)
SELECT DISTINCT w.county_code, u.unit_code, w.reported_at, w.case_id, w.words
FROM cases c CROSS JOIN LATERAL unnest(c.involved_units) AS u(unit_code)
JOIN case_words w ON w.county_code = c.county_code AND w.case_id = c.case_id;

-- A report that goes to a department at once brings its words itself (report-store.ts): when its case
-- is written, they are not there yet.
CREATE FUNCTION onegrid.give_words_to_units() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO unit_case_words (county_code, unit_code, reported_at, case_id, words)
  SELECT w.county_code, u.unit_code, w.reported_at, w.case_id, w.words
  FROM case_words w CROSS JOIN LATERAL unnest(NEW.involved_units) AS u(unit_code)
  WHERE w.county_code = NEW.county_code AND w.case_id = NEW.case_id
    AND u.unit_code <> ALL (OLD.involved_units)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION onegrid.give_words_to_units FROM PUBLIC;
CREATE TRIGGER give_words_to_units AFTER UPDATE OF involved_units ON cases
  FOR EACH ROW WHEN (NEW.involved_units <> OLD.involved_units)
  EXECUTE FUNCTION onegrid.give_words_to_units();

CREATE FUNCTION onegrid.newest_with_words_of_unit(
  p_pieces text[], p_walk bigint, p_before timestamptz, p_before_id uuid)
RETURNS TABLE (case_id uuid, reported_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp
SET enable_sort = off AS $$
  WITH walked AS MATERIALIZED (
    SELECT n.case_id, n.reported_at, n.words FROM unit_case_words n
    WHERE n.county_code = onegrid.county() AND n.unit_code = onegrid.unit()
      AND (n.reported_at, n.case_id)
        < (coalesce(p_before, 'infinity'), coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    ORDER BY n.reported_at DESC, n.case_id DESC LIMIT p_walk)
  SELECT w.case_id, w.reported_at FROM walked w
  WHERE w.words LIKE ALL (ARRAY(SELECT '%' || piece || '%' FROM unnest(p_pieces) piece))
  UNION ALL
  SELECT NULL, NULL WHERE (SELECT count(*) FROM walked) < p_walk
$$;
COMMENT ON FUNCTION onegrid.newest_with_words_of_unit IS
  'Of the department''s newest p_walk cases before a moment, those whose words hold every piece; one row without an id where it has no more than these.';

CREATE OR REPLACE FUNCTION onegrid.cases_with_words(
  p_bigrams integer[], p_pieces text[], p_most bigint, p_before timestamptz, p_before_id uuid)
RETURNS TABLE (case_id uuid, reported_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp
SET enable_seqscan = off
SET jit = off AS $$
DECLARE
  v_scope text := CASE WHEN onegrid.units() IS NULL
    THEN 'SELECT h.case_id, h.reported_at FROM held h
      WHERE h.grid_code >= onegrid.scope() AND h.grid_code < onegrid.scope_end()'
    ELSE 'SELECT h.case_id, h.reported_at FROM held h JOIN unit_case_words u
        ON u.reported_at = h.reported_at AND u.case_id = h.case_id
      WHERE u.county_code = $1 AND u.unit_code = $7' END;
BEGIN
  -- Planned for the pairs at hand: their frequencies decide which are looked up.
  RETURN QUERY EXECUTE
    'WITH held AS MATERIALIZED (
      SELECT w.case_id, w.reported_at, w.grid_code FROM case_words w
      WHERE w.county_code = $1 AND w.bigrams @> $2 AND w.words LIKE ALL ($3)
      LIMIT $4 + 1
    ), much AS MATERIALIZED (SELECT count(*) > $4 AS yes FROM held)
    SELECT NULL::uuid, NULL::timestamptz FROM much WHERE yes
    UNION ALL
    SELECT s.case_id, s.reported_at FROM much CROSS JOIN LATERAL (' || v_scope || ') s
    WHERE much.yes IS NOT TRUE
      AND ($5::timestamptz IS NULL OR (s.reported_at, s.case_id) < ($5, $6))'
    USING onegrid.county(), p_bigrams,
      ARRAY(SELECT '%' || piece || '%' FROM unnest(p_pieces) piece), p_most, p_before, p_before_id,
      onegrid.unit();
END
$$;

REVOKE ALL ON FUNCTION onegrid.newest_with_words_of_unit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.newest_with_words_of_unit TO onegrid_app;
