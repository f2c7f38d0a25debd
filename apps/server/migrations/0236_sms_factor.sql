-- A code by text message as second factor: the number of a phone that has proved itself, and the one
-- code that is under way.
CREATE TABLE sms_factor (
  county_code text COLLATE "C" NOT NULL,
  account_id  uuid NOT NULL,
  -- The number, sealed and bound to the account; it stands nowhere else.
  ciphertext  bytea NOT NULL,
  created_at  timestamptz NOT NULL,
  data_key_id text COLLATE "C"
    GENERATED ALWAYS AS (onegrid.data_key_of(ciphertext)) STORED REFERENCES data_key,
  PRIMARY KEY (county_code, account_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);
CREATE INDEX sms_factor_by_data_key ON sms_factor (data_key_id);

-- One line an account: a new code takes the place of the one before.
CREATE TABLE sms_code (
  county_code text COLLATE "C" NOT NULL,
  account_id  uuid NOT NULL,
  -- HMAC-SHA-256 with a key of the installation: six digits alone would be guessed from a plain hash.
  -- NULL once it was used.
  code_hash   bytea CHECK (length(code_hash) = 32),
  expires_at  timestamptz NOT NULL,
  tries_left  smallint NOT NULL CHECK (tries_left BETWEEN 0 AND 5),
  -- When messages went out during the last hour: the limit.
  recent_sends timestamptz[] NOT NULL CHECK (cardinality(recent_sends) <= 5),
  PRIMARY KEY (county_code, account_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);

ALTER TABLE sms_factor ENABLE ROW LEVEL SECURITY;
ALTER TABLE sms_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON sms_factor USING (county_code = onegrid.county());
CREATE POLICY own_county ON sms_code USING (county_code = onegrid.county());
GRANT SELECT, INSERT, DELETE ON sms_factor, sms_code TO onegrid_app;
GRANT UPDATE (code_hash, expires_at, tries_left, recent_sends) ON sms_code TO onegrid_app;
