-- A search reads the newest reports first: their time stands beside their words, so that the words
-- of the county are read in that order and a hit's case only when the page still has room.
ALTER TABLE case_words ADD COLUMN reported_at timestamptz;
-- Built again afterwards: a million rows one by one through it take minutes.
DROP INDEX case_words_by_bigram;
UPDATE case_words w SET reported_at = c.reported_at
FROM cases c WHERE c.county_code = w.county_code AND c.case_id = w.case_id;
ALTER TABLE case_words ALTER COLUMN reported_at SET NOT NULL;
CREATE INDEX case_words_by_bigram ON case_words USING gin (bigrams);
CREATE INDEX case_words_in_order ON case_words (county_code, reported_at DESC, case_id DESC);

-- The three below answer ids as the owner, without the policy on each row: whoever asks reads the
-- cases themselves under the policies as ever.

CREATE FUNCTION onegrid.with_words(p_cases uuid[], p_pieces text[])
RETURNS TABLE (case_id uuid) LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
  SELECT w.case_id FROM unnest(p_cases) AS asked(case_id)
  JOIN case_words w ON w.county_code = onegrid.county() AND w.case_id = asked.case_id
  WHERE w.words LIKE ALL (ARRAY(SELECT '%' || piece || '%' FROM unnest(p_pieces) piece))
$$;
COMMENT ON FUNCTION onegrid.with_words IS 'Those of the given cases whose words hold every piece.';

CREATE FUNCTION onegrid.newest_with_words(
  p_pieces text[], p_walk bigint, p_before timestamptz, p_before_id uuid)
RETURNS TABLE (case_id uuid, reported_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp
SET enable_sort = off AS $$
  SELECT w.case_id, w.reported_at FROM (
    SELECT n.case_id, n.reported_at, n.grid_code, n.words FROM case_words n
    WHERE n.county_code = onegrid.county()
      AND (n.reported_at, n.case_id)
        < (coalesce(p_before, 'infinity'), coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    ORDER BY n.reported_at DESC, n.case_id DESC LIMIT p_walk) w
  WHERE (onegrid.units() IS NOT NULL
      OR (w.grid_code >= onegrid.scope() AND w.grid_code < onegrid.scope_end()))
    AND w.words LIKE ALL (ARRAY(SELECT '%' || piece || '%' FROM unnest(p_pieces) piece))
$$;
COMMENT ON FUNCTION onegrid.newest_with_words IS
  'Of the county''s newest p_walk reports before a moment, those in scope whose words hold every piece.';

DROP FUNCTION onegrid.cases_with_words;
CREATE FUNCTION onegrid.cases_with_words(
  p_bigrams integer[], p_pieces text[], p_most bigint, p_before timestamptz, p_before_id uuid)
RETURNS TABLE (case_id uuid, reported_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp
SET enable_seqscan = off
SET jit = off AS $$
DECLARE
  -- Where a department looks for its own among thousands, the planner must see both sides.
  v_scope text := CASE WHEN onegrid.units() IS NULL
    THEN 'SELECT h.case_id, h.reported_at FROM held h
      WHERE h.grid_code >= onegrid.scope() AND h.grid_code < onegrid.scope_end()'
    ELSE 'SELECT h.case_id, h.reported_at FROM held h JOIN cases c USING (case_id)
      WHERE c.county_code = $1 AND c.involved_units @> $7' END;
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
      onegrid.units();
END
$$;
COMMENT ON FUNCTION onegrid.cases_with_words IS
  'Cases in scope whose words hold every piece, in no order; one row without an id where the county has more than p_most.';

REVOKE ALL ON FUNCTION onegrid.with_words, onegrid.newest_with_words, onegrid.cases_with_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.with_words, onegrid.newest_with_words, onegrid.cases_with_words
  TO onegrid_app;
