-- Keys for machines (a hotline's system, a department's own): each is an account of its own that
-- nobody signs in to, so that the case log and the audit log name the machine. What it may do is its
-- role's permissions cut down to the key's own; people's work (accounts, contacts, the audit log) is
-- in no key's.
ALTER TABLE account ADD COLUMN kind text NOT NULL DEFAULT 'person'
  CONSTRAINT account_kind_check CHECK (kind IN ('person', 'machine'));

CREATE TABLE api_key (
  county_code         text COLLATE "C" NOT NULL,
  -- The id of its account.
  key_id              uuid NOT NULL,
  -- SHA-256: the key is random, not chosen.
  secret_hash         bytea NOT NULL CHECK (length(secret_hash) = 32),
  permissions         text[] NOT NULL,
  requests_per_minute integer NOT NULL CHECK (requests_per_minute BETWEEN 1 AND 6000),
  created_at          timestamptz NOT NULL,
  created_by          uuid NOT NULL,
  expires_at          timestamptz NOT NULL,
  revoked_at          timestamptz,
  last_used_on        date,
  PRIMARY KEY (county_code, key_id),
  UNIQUE (county_code, secret_hash),
  FOREIGN KEY (county_code, key_id) REFERENCES account,
  FOREIGN KEY (county_code, created_by) REFERENCES account,
  CONSTRAINT api_key_permissions_check CHECK (cardinality(permissions) > 0 AND permissions <@ ARRAY[
    'cases.read', 'cases.report', 'cases.act', 'board.read', 'configuration.read',
    'organisation.read']),
  CHECK (expires_at > created_at)
);
CREATE INDEX api_key_by_creator ON api_key (county_code, created_by);

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON api_key USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON api_key TO onegrid_app;
GRANT UPDATE (revoked_at, last_used_on) ON api_key TO onegrid_app;

-- One round trip, as for a session: names the county, finds the key and its account, and notes the
-- day of use (one write a day). A key that is revoked or over is told as well, so that its use can be
-- recorded under its own name.
CREATE FUNCTION onegrid.use_api_key(
  in_county text, in_hash bytea, in_now timestamptz, in_today date
) RETURNS TABLE (
  key_id uuid, role text, scope_code text, unit_code text, permissions text[],
  requests_per_minute integer, expires_at timestamptz, is_revoked boolean
) LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('onegrid.county', in_county, true);
  UPDATE api_key SET last_used_on = in_today
   WHERE county_code = in_county AND secret_hash = in_hash AND revoked_at IS NULL
     AND expires_at > in_now AND last_used_on IS DISTINCT FROM in_today;
  RETURN QUERY
    SELECT k.key_id, a.role, a.scope_code, a.unit_code, k.permissions, k.requests_per_minute,
           k.expires_at, k.revoked_at IS NOT NULL OR a.disabled_at IS NOT NULL
      FROM api_key k
      JOIN account a ON a.county_code = k.county_code AND a.account_id = k.key_id
     WHERE k.county_code = in_county AND k.secret_hash = in_hash;
END $$;
COMMENT ON FUNCTION onegrid.use_api_key IS
  'The account of a machine''s key, living or not; notes the day of use.';
REVOKE ALL ON FUNCTION onegrid.use_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.use_api_key TO onegrid_app;
