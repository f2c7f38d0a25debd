-- Signing in with two factors: a one-time code (TOTP) beside the password, or a passkey, which is a
-- device and a PIN or a finger in one.
ALTER TABLE session ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE session ADD COLUMN address inet;
CREATE UNIQUE INDEX session_by_id ON session (county_code, session_id);

CREATE TABLE totp_secret (
  county_code text COLLATE "C" NOT NULL,
  account_id  uuid NOT NULL,
  -- Sealed with the installation's key, bound to the account.
  ciphertext  bytea NOT NULL,
  -- The 30 seconds whose code was used last: a code opens once.
  last_step   bigint NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (county_code, account_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);

CREATE TABLE recovery_code (
  county_code text COLLATE "C" NOT NULL,
  account_id  uuid NOT NULL,
  -- SHA-256: the code is random, not chosen.
  code_hash   bytea NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (county_code, account_id, code_hash),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);

CREATE TABLE passkey (
  county_code   text COLLATE "C" NOT NULL,
  -- The authenticator's own id of the key, base64url.
  credential_id text COLLATE "C" NOT NULL CHECK (length(credential_id) BETWEEN 1 AND 1400),
  account_id    uuid NOT NULL,
  name          text NOT NULL,
  public_key    bytea NOT NULL,
  -- Grows with each use where the authenticator counts: a copy of the key falls behind.
  use_count     bigint NOT NULL,
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz,
  PRIMARY KEY (county_code, credential_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);
CREATE INDEX passkey_by_account ON passkey (county_code, account_id);

CREATE TABLE password_history (
  county_code   text COLLATE "C" NOT NULL,
  account_id    uuid NOT NULL,
  changed_at    timestamptz NOT NULL,
  password_hash text NOT NULL,
  PRIMARY KEY (county_code, account_id, changed_at),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);

-- What a county asks of a role; a role without a line is free to choose.
CREATE TABLE sign_in_rule (
  county_code            text COLLATE "C" NOT NULL REFERENCES county,
  role                   text NOT NULL CHECK (role IN
    ('worker', 'head', 'street', 'county_centre', 'department', 'system_administrator',
     'security_administrator', 'audit_administrator')),
  second_factor_required boolean NOT NULL,
  PRIMARY KEY (county_code, role)
);

ALTER TABLE totp_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE password_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON totp_secret USING (county_code = onegrid.county());
CREATE POLICY own_county ON recovery_code USING (county_code = onegrid.county());
CREATE POLICY own_county ON passkey USING (county_code = onegrid.county());
CREATE POLICY own_county ON password_history USING (county_code = onegrid.county());
CREATE POLICY own_county ON sign_in_rule USING (county_code = onegrid.county());
GRANT SELECT, INSERT, DELETE ON totp_secret, recovery_code, passkey, password_history TO onegrid_app;
GRANT UPDATE (last_step) ON totp_secret TO onegrid_app;
GRANT UPDATE (use_count, last_used_at) ON passkey TO onegrid_app;
GRANT SELECT, INSERT, UPDATE ON sign_in_rule TO onegrid_app;
