-- 我也遇到 by category: how near and how recent an open case counts as perhaps the same thing.
-- Both empty: the county's rules decide (case_rules).
ALTER TABLE category
  ADD COLUMN me_too_distance_m integer CHECK (me_too_distance_m BETWEEN 0 AND 5000),
  ADD COLUMN me_too_hours integer CHECK (me_too_hours BETWEEN 0 AND 8760),
  ADD CONSTRAINT category_me_too_whole
    CHECK ((me_too_distance_m IS NULL) = (me_too_hours IS NULL));
