-- Conventions of every migration (a schema test enforces them):
--   · a county-owned table has county_code first in its primary key, in every unique
--     constraint and in every foreign key between such tables, and is under row-level security;
--   · a reference table says so in its comment: 'reference: …';
--   · codes compare by bytes (COLLATE "C"), so that a subtree is an index range;
--   · instants are timestamptz, days are date.
-- The application connects as a role that owns nothing. Each transaction names its county,
-- scope (a grid prefix) and unit (a department) with set_config(..., true); without them
-- every policy answers false.

CREATE SCHEMA onegrid;

CREATE FUNCTION onegrid.county() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('onegrid.county', true) COLLATE "C";
COMMENT ON FUNCTION onegrid.county() IS 'County of this transaction; NULL when none was named.';

CREATE FUNCTION onegrid.scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('onegrid.scope', true), '') COLLATE "C";
COMMENT ON FUNCTION onegrid.scope() IS 'Grid prefix this transaction may see; NULL means none.';

CREATE FUNCTION onegrid.unit() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('onegrid.unit', true), '') COLLATE "C";
COMMENT ON FUNCTION onegrid.unit() IS 'Department of this transaction; NULL means none.';

CREATE TABLE county (
  county_code   text COLLATE "C" PRIMARY KEY CHECK (county_code ~ '^[0-9A-Za-z-]{1,32}$'),
  name          text NOT NULL,
  level_lengths smallint[] NOT NULL CHECK (array_length(level_lengths, 1) = 4),
  time_zone     text NOT NULL DEFAULT 'Asia/Shanghai',
  -- Host names that lead to this county; the oldest county serves every other host.
  hosts         text[] NOT NULL DEFAULT '{}',
  hotline       text,
  filing_number text,
  basemap       jsonb,
  sample        boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE county IS 'reference: the tenants; read before a county is known, so not under row-level security';

CREATE TABLE account (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  account_id      uuid NOT NULL,
  login           text NOT NULL CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 60),
  name            text NOT NULL,
  password_hash   text NOT NULL,
  role            text NOT NULL CHECK (role IN
    ('worker', 'head', 'street', 'county_centre', 'department', 'administrator')),
  -- Grid prefix whose subtree the account serves; the county code means everywhere.
  scope_code      text COLLATE "C" NOT NULL,
  unit_code       text COLLATE "C",
  sample          boolean NOT NULL DEFAULT false,
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_until    timestamptz,
  disabled_at     timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, account_id),
  UNIQUE (county_code, login),
  CHECK ((role = 'department') = (unit_code IS NOT NULL)),
  CHECK (starts_with(scope_code, county_code))
);
CREATE INDEX account_by_scope ON account (county_code, scope_code, role) WHERE disabled_at IS NULL;

CREATE TABLE session (
  county_code  text COLLATE "C" NOT NULL,
  -- SHA-256 of the cookie's secret: the table alone opens no session.
  session_hash bytea NOT NULL CHECK (length(session_hash) = 32),
  account_id   uuid NOT NULL,
  csrf_token   text NOT NULL,
  user_agent   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (county_code, session_hash),
  FOREIGN KEY (county_code, account_id) REFERENCES account ON DELETE CASCADE
);
CREATE INDEX session_by_account ON session (county_code, account_id);
CREATE INDEX session_by_expiry ON session (county_code, expires_at);

CREATE TABLE audit_event (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  audit_id    bigint GENERATED ALWAYS AS IDENTITY,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  account_id  uuid,
  action      text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('done', 'refused')),
  subject     text,
  request_id  text,
  address     inet,
  detail      jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, audit_id)
);
CREATE INDEX audit_event_by_time ON audit_event (county_code, occurred_at);
COMMENT ON TABLE audit_event IS 'Append-only: the application role may insert and read, never change.';

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON account USING (county_code = onegrid.county());
CREATE POLICY own_county ON session USING (county_code = onegrid.county());
CREATE POLICY own_county ON audit_event USING (county_code = onegrid.county());

GRANT USAGE ON SCHEMA onegrid TO onegrid_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onegrid TO onegrid_app;
GRANT SELECT ON county TO onegrid_app;
GRANT SELECT, INSERT, UPDATE ON account TO onegrid_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO onegrid_app;
GRANT SELECT, INSERT ON audit_event TO onegrid_app;
