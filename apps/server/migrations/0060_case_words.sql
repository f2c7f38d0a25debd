-- Full-text search in Chinese without a dictionary or an extension: the words of a case, and every
-- two neighbouring characters of them as one number each (packages/domain/src/search/words.ts).
-- A table of its own, written once with the report: a case's row changes at each step, and would
-- write its sixty pairs to the index each time.
CREATE TABLE case_words (
  county_code text COLLATE "C" NOT NULL,
  case_id     uuid NOT NULL,
  grid_code   text COLLATE "C" NOT NULL,
  -- Description, address and category, in lower case, words between blanks.
  words       text NOT NULL,
  -- Upper half the first UTF-16 unit, lower half the second.
  bigrams     integer[] NOT NULL,
  PRIMARY KEY (county_code, case_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
CREATE INDEX case_words_by_bigram ON case_words USING gin (bigrams);
COMMENT ON TABLE case_words IS 'What a search by words reads; follows from the report and never changes.';

ALTER TABLE case_words ENABLE ROW LEVEL SECURITY;
-- As the policy on cases; a department's by the case itself, which knows the departments.
CREATE POLICY in_scope ON case_words FOR SELECT USING (
  county_code = onegrid.county()
  AND ((grid_code >= onegrid.scope() AND grid_code < onegrid.scope_end())
    OR (onegrid.units() IS NOT NULL AND EXISTS (SELECT FROM cases c
      WHERE c.county_code = case_words.county_code AND c.case_id = case_words.case_id)))
);
CREATE POLICY write_in_county ON case_words FOR INSERT WITH CHECK (county_code = onegrid.county());
GRANT SELECT, INSERT ON case_words TO onegrid_app;

-- Under row-level security an index answers only operators that could leak nothing, and none that
-- compares arrays counts as one of those. So the index is asked here, as the owner; what comes out
-- are ids, and whoever asks reads their cases under the policies as ever.
CREATE FUNCTION onegrid.cases_with_words(p_bigrams integer[], p_pieces text[], p_most bigint)
RETURNS TABLE (case_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp
SET enable_seqscan = off
-- A search for a frequent pair reads thousands of rows; compiling the filter would cost more.
SET jit = off AS $$
BEGIN
  -- Planned for the pairs at hand: their frequencies decide which are looked up.
  RETURN QUERY EXECUTE
    'SELECT w.case_id FROM case_words w
      WHERE w.county_code = $1 AND w.bigrams @> $2
        AND w.words LIKE ALL ($3)
      LIMIT $4'
    USING onegrid.county(), p_bigrams,
      ARRAY(SELECT '%' || piece || '%' FROM unnest(p_pieces) piece), p_most;
END
$$;
COMMENT ON FUNCTION onegrid.cases_with_words IS
  'Ids of the county''s cases whose words hold every piece, at most so many, in no order.';
REVOKE ALL ON FUNCTION onegrid.cases_with_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.cases_with_words TO onegrid_app;

-- Cases that were there before: the same words and pairs in SQL, once.
INSERT INTO case_words (county_code, case_id, grid_code, words, bigrams)
SELECT c.county_code, c.case_id, c.grid_code, t.words, coalesce((
    SELECT array_agg(DISTINCT pair ORDER BY pair) FROM (
      SELECT (((ascii(substr(t.words, i, 1))::bigint << 16) | ascii(substr(t.words, i + 1, 1)))
        - CASE WHEN ascii(substr(t.words, i, 1)) > 32767 THEN 4294967296 ELSE 0 END)::integer AS pair
      FROM generate_series(1, length(t.words) - 1) i
      WHERE substr(t.words, i, 1) <> ' ' AND substr(t.words, i + 1, 1) <> ' '
        AND ascii(substr(t.words, i, 1)) < 65536 AND ascii(substr(t.words, i + 1, 1)) < 65536) p),
    '{}')
FROM cases c
LEFT JOIN category k ON k.county_code = c.county_code AND k.category_code = c.category_code
  AND k.version = c.category_version
CROSS JOIN LATERAL (
  SELECT btrim(regexp_replace(lower(normalize(
    concat_ws(' ', c.description, c.address, k.name), NFKC)), '[^[:alnum:]]+', ' ', 'g')) AS words) t;
