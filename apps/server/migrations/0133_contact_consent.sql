-- Which text somebody agreed to when they left a way to be reached, and when (PIPL art. 14, 17). The
-- default is the text that is shown now; the report is refused unless it names that one. What is
-- there already was left under the text before.
ALTER TABLE reporter_contact
  ADD COLUMN consent_version text NOT NULL DEFAULT '2026-11',
  ADD COLUMN consented_at timestamptz;
UPDATE reporter_contact r SET consented_at = c.reported_at FROM cases c
  WHERE c.county_code = r.county_code AND c.case_id = r.case_id;
ALTER TABLE reporter_contact
  ALTER COLUMN consent_version SET DEFAULT '2026-11-24',
  ALTER COLUMN consented_at SET DEFAULT now(),
  ALTER COLUMN consented_at SET NOT NULL;

-- Its owner may have everything deleted: the words of a rating are theirs, the mark stays.
GRANT UPDATE (words) ON case_rating TO onegrid_app;
