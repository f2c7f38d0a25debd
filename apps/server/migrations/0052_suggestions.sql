-- Which category words mean: a model learnt from the county's own closed cases. The newest version
-- answers; older ones stay with their figures.
CREATE TABLE suggestion_model (
  county_code      text COLLATE "C" NOT NULL REFERENCES county,
  version          integer NOT NULL CHECK (version >= 1),
  trained_at       timestamptz NOT NULL,
  training_cases   integer NOT NULL,
  held_out_cases   integer NOT NULL,
  -- Shares of held-out cases whose category came first, and among the first three.
  accuracy_at_1    double precision NOT NULL CHECK (accuracy_at_1 BETWEEN 0 AND 1),
  accuracy_at_3    double precision NOT NULL CHECK (accuracy_at_3 BETWEEN 0 AND 1),
  -- True: learnt from generated words, so the figures say little.
  sample           boolean NOT NULL,
  model            jsonb NOT NULL,
  PRIMARY KEY (county_code, version)
);
ALTER TABLE suggestion_model ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON suggestion_model USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON suggestion_model TO onegrid_app;
