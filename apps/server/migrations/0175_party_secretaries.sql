-- 党组织书记: who leads an organisation from when to when, for 一肩挑 (the secretary of a grid's
-- organisation is its grid head).
CREATE TABLE party_secretary (
  county_code       text COLLATE "C" NOT NULL,
  organisation_code text COLLATE "C" NOT NULL,
  begins_on         date NOT NULL,
  person_id         uuid NOT NULL,
  -- First day on which it is no longer this person; null: still is.
  ends_on           date CHECK (ends_on >= begins_on),
  PRIMARY KEY (county_code, organisation_code, begins_on),
  FOREIGN KEY (county_code, organisation_code) REFERENCES organisation,
  FOREIGN KEY (county_code, person_id) REFERENCES person
);
CREATE INDEX party_secretary_by_person ON party_secretary (county_code, person_id, begins_on);

ALTER TABLE party_secretary ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON party_secretary USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON party_secretary TO onegrid_app;
