-- 台账 (registers): where people live and who manages it. A row is valid from one day to another
-- (valid_to is the first day it is no longer there), so that figures of a past day can be counted
-- again. Codes are the county's own; importing a code again updates its row.

-- 物业服务企业.
CREATE TABLE property_company (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  code        text COLLATE "C" NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  name        text NOT NULL,
  -- Of the office on duty, never of a person.
  duty_phone  text,
  valid_from  date NOT NULL,
  valid_to    date CHECK (valid_to >= valid_from),
  sample      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, code)
);

-- 小区.
CREATE TABLE estate (
  county_code    text COLLATE "C" NOT NULL REFERENCES county,
  code           text COLLATE "C" NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  name           text NOT NULL,
  grid_code      text COLLATE "C" NOT NULL,
  address        text,
  households     integer CHECK (households >= 0),
  company_code   text COLLATE "C",
  -- “三无”小区: on the list, or passed acceptance after its treatment.
  three_without  text NOT NULL CHECK (three_without IN ('not_listed', 'listed', 'accepted')),
  -- What it lacks. The meaning of 三无 differs by county; these three are the common reading.
  lacks          text[] NOT NULL DEFAULT '{}' CHECK (lacks <@ ARRAY
    ['property_management', 'responsible_unit', 'security']),
  note           text,
  valid_from     date NOT NULL,
  valid_to       date CHECK (valid_to >= valid_from),
  sample         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, code),
  FOREIGN KEY (county_code, company_code) REFERENCES property_company,
  CHECK (starts_with(grid_code, county_code)),
  CHECK (three_without = 'not_listed' OR cardinality(lacks) > 0)
);
CREATE INDEX estate_by_grid ON estate (county_code, grid_code, code);
CREATE INDEX estate_by_company ON estate (county_code, company_code) WHERE company_code IS NOT NULL;

-- 楼栋.
CREATE TABLE building (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  code        text COLLATE "C" NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  name        text NOT NULL,
  grid_code   text COLLATE "C" NOT NULL,
  estate_code text COLLATE "C",
  floors      integer CHECK (floors >= 0),
  households  integer CHECK (households >= 0),
  valid_from  date NOT NULL,
  valid_to    date CHECK (valid_to >= valid_from),
  sample      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, code),
  FOREIGN KEY (county_code, estate_code) REFERENCES estate,
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX building_by_grid ON building (county_code, grid_code, code);
CREATE INDEX building_by_estate ON building (county_code, estate_code) WHERE estate_code IS NOT NULL;

-- 业主委员会.
CREATE TABLE owners_committee (
  county_code  text COLLATE "C" NOT NULL REFERENCES county,
  code         text COLLATE "C" NOT NULL,
  version      integer NOT NULL CHECK (version >= 1),
  name         text NOT NULL,
  grid_code    text COLLATE "C" NOT NULL,
  estate_code  text COLLATE "C",
  term_ends_on date,
  valid_from   date NOT NULL,
  valid_to     date CHECK (valid_to >= valid_from),
  sample       boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, code),
  FOREIGN KEY (county_code, estate_code) REFERENCES estate,
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX owners_committee_by_grid ON owners_committee (county_code, grid_code, code);
CREATE INDEX owners_committee_by_estate ON owners_committee (county_code, estate_code)
  WHERE estate_code IS NOT NULL;

ALTER TABLE property_company ENABLE ROW LEVEL SECURITY;
ALTER TABLE estate ENABLE ROW LEVEL SECURITY;
ALTER TABLE building ENABLE ROW LEVEL SECURITY;
ALTER TABLE owners_committee ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON property_company USING (county_code = onegrid.county());
CREATE POLICY own_county ON estate USING (county_code = onegrid.county());
CREATE POLICY own_county ON building USING (county_code = onegrid.county());
CREATE POLICY own_county ON owners_committee USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON property_company, estate, building, owners_committee
  TO onegrid_app;
