-- Named lists of an account, and the files it had its lists written to.
CREATE TABLE saved_filter (
  county_code text COLLATE "C" NOT NULL,
  filter_id   uuid NOT NULL,
  account_id  uuid NOT NULL,
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  -- Filters as they stand in an address.
  search      jsonb NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, filter_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX saved_filter_by_account ON saved_filter (county_code, account_id, created_at);

CREATE TABLE case_export (
  county_code text COLLATE "C" NOT NULL,
  export_id   uuid NOT NULL,
  account_id  uuid NOT NULL,
  format      text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  language    text NOT NULL CHECK (language IN ('zh-CN', 'en')),
  filters     jsonb NOT NULL,
  state       text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  rows        integer NOT NULL DEFAULT 0,
  problem     text,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (county_code, export_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX case_export_by_account ON case_export (county_code, account_id, created_at);
CREATE INDEX case_export_by_expiry ON case_export (county_code, expires_at);

ALTER TABLE saved_filter ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON saved_filter USING (county_code = onegrid.county());
CREATE POLICY own_county ON case_export USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE (name, search), DELETE ON saved_filter TO onegrid_app;
GRANT SELECT, INSERT, UPDATE (state, rows, problem), DELETE ON case_export TO onegrid_app;

-- The desk's duty screen: open whistles are few among many cases.
CREATE INDEX cases_with_open_whistle ON cases (county_code, grid_code)
  WHERE side @? '$.whistles[*] ? (@.state == "called" || @.state == "approved")';
CREATE INDEX cases_open_emergencies ON cases (county_code, grid_code)
  WHERE emergency AND state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
CREATE INDEX cases_open_by_tile ON cases (county_code, tile_key)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
