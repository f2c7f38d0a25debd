-- 职能部门.
CREATE TABLE department (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  unit_code   text COLLATE "C" NOT NULL,
  name        text NOT NULL,
  nets        text[] NOT NULL CHECK (nets <@ ARRAY
    ['party_building', 'comprehensive_governance', 'city_management', 'illegal_construction']),
  duty_phone  text,
  sample      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, unit_code)
);

-- A county's copy of a national standard's code table, as it loaded it.
CREATE TABLE standard_class (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  standard    text NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('component', 'matter')),
  class_code  text COLLATE "C" NOT NULL CHECK (class_code ~ '^[0-9]{5}$'),
  major_name  text NOT NULL,
  name        text NOT NULL,
  PRIMARY KEY (county_code, standard, kind, class_code)
);

-- 权责清单, versioned: the present line has the highest version.
CREATE TABLE category (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  category_code   text COLLATE "C" NOT NULL,
  version         integer NOT NULL CHECK (version >= 1),
  net             text NOT NULL CHECK (net IN
    ('party_building', 'comprehensive_governance', 'city_management', 'illegal_construction')),
  kind            text NOT NULL CHECK (kind IN ('component', 'matter')),
  name            text NOT NULL,
  words           text[] NOT NULL DEFAULT '{}',
  owner_unit_code text COLLATE "C",
  start_tier      text NOT NULL CHECK (start_tier IN
    ('level3', 'level2', 'level1', 'county', 'department')),
  limit_amount    double precision NOT NULL CHECK (limit_amount > 0),
  limit_unit      text NOT NULL CHECK (limit_unit IN
    ('working_hour', 'working_day', 'urgent_hour', 'urgent_day')),
  emergency       boolean NOT NULL DEFAULT false,
  standard        text,
  standard_kind   text CHECK (standard_kind IN ('component', 'matter')),
  standard_class  text COLLATE "C" CHECK (standard_class ~ '^[0-9]{5}$'),
  active          boolean NOT NULL DEFAULT true,
  sample          boolean NOT NULL DEFAULT false,
  superseded      boolean NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, category_code, version),
  FOREIGN KEY (county_code, owner_unit_code) REFERENCES department,
  CHECK ((standard IS NULL) = (standard_class IS NULL)),
  CHECK (start_tier <> 'department' OR owner_unit_code IS NOT NULL)
);
CREATE UNIQUE INDEX category_current ON category (county_code, category_code) WHERE NOT superseded;
CREATE INDEX category_by_owner ON category (county_code, owner_unit_code);

-- The county's working calendar; every edit of a year raises its version.
CREATE TABLE calendar_year (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  year        smallint NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  version     integer NOT NULL DEFAULT 1,
  -- True when no official notice was known and weekends alone decide.
  provisional boolean NOT NULL,
  -- Working windows of a working day, minutes after midnight; an end may pass 1440.
  windows     jsonb NOT NULL,
  PRIMARY KEY (county_code, year)
);
CREATE TABLE calendar_day (
  county_code text COLLATE "C" NOT NULL,
  year        smallint NOT NULL,
  day         date NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('workday', 'holiday', 'makeup_workday')),
  name        text,
  PRIMARY KEY (county_code, day),
  FOREIGN KEY (county_code, year) REFERENCES calendar_year,
  CHECK (extract(year FROM day) = year)
);
CREATE INDEX calendar_day_by_year ON calendar_day (county_code, year, day);

ALTER TABLE department ENABLE ROW LEVEL SECURITY;
ALTER TABLE standard_class ENABLE ROW LEVEL SECURITY;
ALTER TABLE category ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_year ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON department USING (county_code = onegrid.county());
CREATE POLICY own_county ON standard_class USING (county_code = onegrid.county());
CREATE POLICY own_county ON category USING (county_code = onegrid.county());
CREATE POLICY own_county ON calendar_year USING (county_code = onegrid.county());
CREATE POLICY own_county ON calendar_day USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON department, standard_class, category, calendar_year TO onegrid_app;
GRANT DELETE ON standard_class TO onegrid_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_day TO onegrid_app;
