-- 来访: somebody came to the counter. The number that a hotline gave a report stands in its log and
-- among its words.
ALTER TABLE cases DROP CONSTRAINT cases_source_check;
ALTER TABLE cases ADD CONSTRAINT cases_source_check CHECK (source IN
  ('worker', 'resident', 'hotline', 'walk_in', 'department', 'import'));
