-- 党组织. What happened to an organisation is an append-only list of dated facts; the spans are its
-- fold, one row for each stretch of days in which nothing about it changed.
CREATE TABLE organisation (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  code        text COLLATE "C" NOT NULL,
  sample      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, code)
);

CREATE TABLE organisation_fact (
  county_code  text COLLATE "C" NOT NULL,
  code         text COLLATE "C" NOT NULL,
  -- 1, 2, 3 … in the order they were written down, which need not be that of the days.
  seq          integer NOT NULL CHECK (seq >= 1),
  kind         text NOT NULL CHECK (kind IN ('found', 'change', 'renew', 'dissolve', 'void')),
  effective_on date NOT NULL,
  recorded_at  timestamptz NOT NULL,
  account_id   uuid,
  -- Shape by kind: packages/domain/src/organisations/facts.ts.
  data         jsonb NOT NULL,
  PRIMARY KEY (county_code, code, seq),
  FOREIGN KEY (county_code, code) REFERENCES organisation,
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX organisation_fact_by_account ON organisation_fact (county_code, account_id)
  WHERE account_id IS NOT NULL;

CREATE TABLE organisation_span (
  county_code  text COLLATE "C" NOT NULL,
  code         text COLLATE "C" NOT NULL,
  valid_from   date NOT NULL,
  -- First day on which this is no longer so; null: still so.
  valid_to     date CHECK (valid_to > valid_from),
  level        text NOT NULL CHECK (level IN
    ('street_committee', 'community_committee', 'grid_branch', 'party_group')),
  base         text NOT NULL CHECK (base IN
    ('grid', 'estate', 'building', 'property_company', 'owners_committee')),
  -- Code of what it is built on: the grid itself, or a row of the base's register.
  base_code    text COLLATE "C" NOT NULL,
  grid_code    text COLLATE "C" NOT NULL,
  parent_code  text COLLATE "C",
  name         text NOT NULL,
  founded_on   date NOT NULL,
  renewed_on   date,
  term_years   smallint CHECK (term_years BETWEEN 1 AND 10),
  -- 换届: the day by which its leadership is to be elected again.
  term_ends_on date,
  PRIMARY KEY (county_code, code, valid_from),
  FOREIGN KEY (county_code, code) REFERENCES organisation,
  FOREIGN KEY (county_code, parent_code) REFERENCES organisation,
  CHECK (starts_with(grid_code, county_code)),
  CHECK (term_ends_on IS NULL OR term_years IS NOT NULL)
);
CREATE INDEX organisation_span_by_grid ON organisation_span (county_code, grid_code, valid_from);
CREATE INDEX organisation_span_by_base ON organisation_span (county_code, base, base_code);
CREATE INDEX organisation_span_by_parent ON organisation_span (county_code, parent_code)
  WHERE parent_code IS NOT NULL;
CREATE INDEX organisation_span_by_term ON organisation_span (county_code, term_ends_on)
  WHERE valid_to IS NULL AND term_ends_on IS NOT NULL;

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_span ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON organisation USING (county_code = onegrid.county());
CREATE POLICY own_county ON organisation_fact USING (county_code = onegrid.county());
CREATE POLICY own_county ON organisation_span USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON organisation TO onegrid_app;
GRANT SELECT, INSERT ON organisation_fact TO onegrid_app;
GRANT SELECT, INSERT, DELETE ON organisation_span TO onegrid_app;
