-- 替班、借调: an account serves another grid as well, for some days. Leave names whom it stands in
-- for; borrowing gives its reason.
CREATE TABLE substitution (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  substitution_id uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('leave', 'borrow')),
  account_id      uuid NOT NULL,
  scope_code      text COLLATE "C" NOT NULL,
  for_account_id  uuid,
  reason          text,
  starts_on       date NOT NULL,
  ends_on         date NOT NULL,
  -- Last day when it was ended before its time.
  ended_on        date,
  arranged_by     uuid NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, substitution_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account,
  FOREIGN KEY (county_code, for_account_id) REFERENCES account,
  FOREIGN KEY (county_code, arranged_by) REFERENCES account,
  CHECK (ends_on >= starts_on AND ends_on <= starts_on + 183),
  CHECK (kind <> 'borrow' OR reason IS NOT NULL),
  CHECK ((kind = 'leave') = (for_account_id IS NOT NULL)),
  CHECK (starts_with(scope_code, county_code))
);
CREATE INDEX substitution_by_account ON substitution (county_code, account_id, ends_on);
CREATE INDEX substitution_by_absent ON substitution (county_code, for_account_id);
CREATE INDEX substitution_by_arranger ON substitution (county_code, arranged_by);
CREATE INDEX substitution_by_scope ON substitution (county_code, scope_code, ends_on);
ALTER TABLE substitution ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON substitution USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE (ended_on) ON substitution TO onegrid_app;
