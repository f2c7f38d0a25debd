-- 巡查: places that are looked at every so often, and on which day they were.
CREATE TABLE patrol_point (
  county_code   text COLLATE "C" NOT NULL REFERENCES county,
  point_id      uuid NOT NULL,
  -- Follows from the place when it is written; a patrol is of the present grids.
  grid_code     text COLLATE "C" NOT NULL,
  name          text NOT NULL,
  lng           double precision NOT NULL,
  lat           double precision NOT NULL,
  -- Filled in when something is wrong; null when anything may be.
  category_code text COLLATE "C",
  every_days    smallint NOT NULL CHECK (every_days BETWEEN 1 AND 366),
  active        boolean NOT NULL DEFAULT true,
  version       integer NOT NULL CHECK (version >= 1),
  sample        boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, point_id),
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX patrol_point_by_grid ON patrol_point (county_code, grid_code) WHERE active;

-- What was looked at, and on which day. Nobody's name and no time of day: it is a list of places,
-- never of people's ways. `spot` is a point's id, or category@cell of a place of repeated cases.
CREATE TABLE patrol_look (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  spot        text COLLATE "C" NOT NULL CHECK (spot ~ '^[0-9A-Za-z-]{1,36}(@[0-9]{1,20})?$'),
  looked_on   date NOT NULL,
  grid_code   text COLLATE "C" NOT NULL,
  finding     text NOT NULL CHECK (finding IN ('in_order', 'wrong')),
  PRIMARY KEY (county_code, spot, looked_on),
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX patrol_look_by_grid ON patrol_look (county_code, grid_code, spot, looked_on DESC);

ALTER TABLE patrol_point ENABLE ROW LEVEL SECURITY;
ALTER TABLE patrol_look ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON patrol_point USING (
  county_code = onegrid.county()
  AND grid_code >= onegrid.scope() AND grid_code < onegrid.scope_end());
CREATE POLICY in_scope ON patrol_look USING (
  county_code = onegrid.county()
  AND grid_code >= onegrid.scope() AND grid_code < onegrid.scope_end());
GRANT SELECT, INSERT, UPDATE ON patrol_point, patrol_look TO onegrid_app;
