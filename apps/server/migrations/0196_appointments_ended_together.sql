-- 归零: where an old post is a post of this system (same code), its holder's appointment ends with the
-- others on one day; what is restored knows by this which it ended.
ALTER TABLE appointment
  ADD COLUMN reassignment_id uuid,
  ADD FOREIGN KEY (county_code, reassignment_id) REFERENCES reassignment,
  ADD CHECK (reassignment_id IS NULL OR ends_on IS NOT NULL);
CREATE INDEX appointment_by_reassignment ON appointment (county_code, reassignment_id)
  WHERE reassignment_id IS NOT NULL;
