-- 派遣规则, versioned: a change supersedes, so that what sent a case can be read later. What a rule
-- names (grids, departments, categories) may go; then it is broken, reported and stepped over, so
-- no foreign key holds it.
CREATE TABLE dispatch_rule (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  rule_id     uuid NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  name        text NOT NULL,
  active      boolean NOT NULL,
  -- RuleConditions and RuleTarget of packages/contract/src/dispatching.ts.
  conditions  jsonb NOT NULL,
  target      jsonb NOT NULL,
  superseded  boolean NOT NULL DEFAULT false,
  changed_by  uuid,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (county_code, rule_id, version),
  FOREIGN KEY (county_code, changed_by) REFERENCES account
);
CREATE UNIQUE INDEX dispatch_rule_current ON dispatch_rule (county_code, rule_id)
  WHERE NOT superseded;
-- The log names a rule by its name.
CREATE UNIQUE INDEX dispatch_rule_name ON dispatch_rule (county_code, name) WHERE NOT superseded;
CREATE INDEX dispatch_rule_by_author ON dispatch_rule (county_code, changed_by);

-- The order in which they are asked: one list a county.
CREATE TABLE dispatch_order (
  county_code text COLLATE "C" PRIMARY KEY REFERENCES county,
  version     integer NOT NULL CHECK (version >= 1),
  rule_ids    uuid[] NOT NULL
);

ALTER TABLE dispatch_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE dispatch_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON dispatch_rule USING (county_code = onegrid.county());
CREATE POLICY own_county ON dispatch_order USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON dispatch_rule, dispatch_order TO onegrid_app;
