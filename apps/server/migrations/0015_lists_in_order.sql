-- Lists of a street or a community in the order they are shown, however many cases it has. A range
-- of grid codes cannot be read in another order; the codes above a case's grid can. They follow
-- from grid_code and the county's level lengths, so the database keeps them itself.
ALTER TABLE cases
  ADD COLUMN level1_code text COLLATE "C",
  ADD COLUMN level2_code text COLLATE "C";
COMMENT ON COLUMN cases.level1_code IS 'Street of grid_code; NULL for a case in the county''s queue.';
COMMENT ON COLUMN cases.level2_code IS 'Community of grid_code; NULL for a case above it.';
COMMENT ON COLUMN cases.tile_key IS
  'Morton (quadkey) number of the point at zoom 26: a map''s square is an index range.';

CREATE FUNCTION onegrid.name_levels() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lengths smallint[];
BEGIN
  SELECT level_lengths INTO lengths FROM county WHERE county_code = NEW.county_code;
  NEW.level1_code := CASE WHEN length(NEW.grid_code) >= lengths[2]
    THEN left(NEW.grid_code, lengths[2]) END;
  NEW.level2_code := CASE WHEN length(NEW.grid_code) >= lengths[3]
    THEN left(NEW.grid_code, lengths[3]) END;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION onegrid.name_levels IS 'Keeps level1_code and level2_code of a case.';
UPDATE cases c SET
  level1_code = CASE WHEN length(grid_code) >= level_lengths[2]
    THEN left(grid_code, level_lengths[2]) END,
  level2_code = CASE WHEN length(grid_code) >= level_lengths[3]
    THEN left(grid_code, level_lengths[3]) END
  FROM county WHERE county.county_code = c.county_code;
CREATE TRIGGER name_levels BEFORE INSERT OR UPDATE OF grid_code ON cases
  FOR EACH ROW EXECUTE FUNCTION onegrid.name_levels();

CREATE INDEX cases_of_level1 ON cases (county_code, level1_code, reported_at DESC, case_id DESC);
CREATE INDEX cases_of_level2 ON cases (county_code, level2_code, reported_at DESC, case_id DESC);
CREATE INDEX cases_open_of_level1 ON cases (county_code, level1_code,
  (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
-- The order of a grid's and of a category's list; a version is only in the way of it.
DROP INDEX cases_by_grid;
CREATE INDEX cases_by_grid ON cases (county_code, grid_code, reported_at DESC, case_id DESC);
DROP INDEX cases_by_category;
CREATE INDEX cases_by_category ON cases (county_code, category_code, reported_at DESC, case_id DESC);
