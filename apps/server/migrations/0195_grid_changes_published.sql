-- 网格调整公示: a change is published for its term before it is approved, and an objection that
-- stands keeps it from being approved. What is tied to its grids goes along on its day.
ALTER TABLE grid_change
  ADD COLUMN notice_id uuid,
  -- [{kind, code, to}]: where its writer sends what is tied to a grid; `to` is a place in `grids`,
  -- null: it ends that day. What is not named follows the rules.
  ADD COLUMN moves jsonb NOT NULL DEFAULT '[]',
  ADD FOREIGN KEY (county_code, notice_id) REFERENCES notice;
CREATE INDEX grid_change_by_notice ON grid_change (county_code, notice_id)
  WHERE notice_id IS NOT NULL;

-- Where an estate lies, WGS-84; without it, it stays with its grid's code.
ALTER TABLE estate
  ADD COLUMN lng double precision CHECK (lng BETWEEN -180 AND 180),
  ADD COLUMN lat double precision CHECK (lat BETWEEN -90 AND 90),
  ADD CHECK ((lng IS NULL) = (lat IS NULL));
