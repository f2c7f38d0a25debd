-- What makes a command repeatable: SHA-256 of it as sent. The events that follow it without one
-- were written by the same command, and those before the first one by the report itself.
ALTER TABLE case_event ADD COLUMN command_hash bytea CHECK (length(command_hash) = 32);

-- Where a subtree ends. Codes are made of [0-9A-Za-z-], and '~' sorts after all of them in "C".
CREATE FUNCTION onegrid.scope_end() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (onegrid.scope() || '~') COLLATE "C";
COMMENT ON FUNCTION onegrid.scope_end() IS 'First code after the subtree this transaction may see.';

CREATE FUNCTION onegrid.units() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE WHEN onegrid.unit() IS NULL THEN NULL ELSE ARRAY[onegrid.unit()::text] END;
COMMENT ON FUNCTION onegrid.units() IS 'Department of this transaction as a list of one; NULL means none.';

GRANT EXECUTE ON FUNCTION onegrid.scope_end(), onegrid.units() TO onegrid_app;

-- The same rule as before, said in operators that an index answers: a grid range, and the
-- departments of a case by their inverted index.
DROP POLICY in_scope ON cases;
DROP POLICY change_in_scope ON cases;
CREATE POLICY in_scope ON cases FOR SELECT USING (
  county_code = onegrid.county()
  AND ((grid_code >= onegrid.scope() AND grid_code < onegrid.scope_end())
    OR (involved_units <> '{}' AND involved_units @> onegrid.units()))
);
CREATE POLICY change_in_scope ON cases FOR UPDATE USING (
  county_code = onegrid.county()
  AND ((grid_code >= onegrid.scope() AND grid_code < onegrid.scope_end())
    OR (involved_units <> '{}' AND involved_units @> onegrid.units()))
) WITH CHECK (county_code = onegrid.county());
CREATE INDEX cases_by_involved_unit ON cases USING gin (involved_units)
  WHERE involved_units <> '{}';

-- The order of work: by deadline, what has none yet (a report nobody has accepted) at the end.
DROP INDEX cases_open_by_due;
CREATE INDEX cases_open_by_due ON cases
  (county_code, (coalesce(due_at, 'infinity'::timestamptz)), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
CREATE INDEX cases_open_by_reported ON cases (county_code, reported_at DESC, case_id DESC)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
CREATE INDEX cases_by_closed ON cases (county_code, closed_at) WHERE closed_at IS NOT NULL;
DROP INDEX cases_by_due;
CREATE INDEX cases_by_due ON cases
  (county_code, (coalesce(due_at, 'infinity'::timestamptz)), case_id);

-- A case's day of opening says nothing: open cases are counted under the day 1970-01-01, so that
-- "open now" reads the few lines that are not nothing.
CREATE INDEX case_tally_open ON case_tally (county_code, grid_code) WHERE opened <> 0;
