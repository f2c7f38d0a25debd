-- What waits for a desk comes in the order of its deadlines from an index, although a side matter
-- (a rating of a whistle, an appeal) may wait on a case that has ended: the predicate of the three
-- indexes of open cases takes those in. Lists of open cases use them as before.
DROP INDEX cases_open_by_due;
CREATE INDEX cases_waiting_by_due ON cases
  (county_code, (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged')
    OR awaits <> '{}';
DROP INDEX cases_open_of_level1;
CREATE INDEX cases_waiting_of_level1 ON cases (county_code, level1_code,
  (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged')
    OR awaits <> '{}';
DROP INDEX cases_open_by_grid;
CREATE INDEX cases_waiting_by_grid ON cases (county_code, grid_code, state)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged')
    OR awaits <> '{}';
-- In the order of every list of work, see migration 0012.
DROP INDEX cases_by_holder;
CREATE INDEX cases_by_holder ON cases (county_code, holder_code,
  (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE holder_code IS NOT NULL;
-- Row-level security finds a department's cases by this one; those that ended are far more.
CREATE INDEX cases_waiting_by_unit ON cases USING gin (involved_units)
  WHERE involved_units <> '{}'
    AND (state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged')
      OR awaits <> '{}');
