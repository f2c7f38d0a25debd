-- Under row-level security the planner uses a condition for an index only when nothing in it could
-- leak a value, and it takes COALESCE for leaky. CASE says the same and is not.
DROP INDEX cases_open_by_due;
CREATE INDEX cases_open_by_due ON cases
  (county_code, (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
DROP INDEX cases_by_due;
CREATE INDEX cases_by_due ON cases
  (county_code, (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id);
