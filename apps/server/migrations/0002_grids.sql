-- 网格. Versioned: a row that a case refers to never changes its outline; splitting, merging or
-- reshaping ends one version (valid_to) and begins the next on a date.
CREATE TABLE grid (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  grid_code   text COLLATE "C" NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  level       smallint NOT NULL CHECK (level BETWEEN 0 AND 3),
  parent_code text COLLATE "C",
  -- The code the file used, when the county's own code was composed from it.
  source_code text COLLATE "C",
  name        text NOT NULL,
  party_group text,
  duty_phone  text,
  -- GeoJSON Polygon or MultiPolygon, WGS-84.
  outline     jsonb NOT NULL,
  west        double precision NOT NULL,
  south       double precision NOT NULL,
  east        double precision NOT NULL,
  north       double precision NOT NULL,
  label_lng   double precision NOT NULL,
  label_lat   double precision NOT NULL,
  area_m2     double precision NOT NULL CHECK (area_m2 > 0),
  -- True: generated, not surveyed; screens say 示意.
  schematic   boolean NOT NULL DEFAULT false,
  valid_from  date NOT NULL,
  valid_to    date CHECK (valid_to >= valid_from),
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, grid_code, version),
  CHECK (starts_with(grid_code, county_code)),
  CHECK ((level = 0) = (parent_code IS NULL)),
  CHECK (parent_code IS NULL OR starts_with(grid_code, parent_code))
);
CREATE UNIQUE INDEX grid_current ON grid (county_code, grid_code) WHERE valid_to IS NULL;
CREATE INDEX grid_children ON grid (county_code, parent_code, grid_code) WHERE valid_to IS NULL;
CREATE INDEX grid_by_source_code ON grid (county_code, level, source_code) WHERE valid_to IS NULL;

ALTER TABLE grid ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON grid USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON grid TO onegrid_app;
