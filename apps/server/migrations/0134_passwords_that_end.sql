-- A password that somebody else gave is changed by its owner at the first sign-in; a county may let
-- passwords end after some days. Until it is changed a session opens the own account alone.
ALTER TABLE account
  ADD COLUMN password_given boolean NOT NULL DEFAULT false,
  ADD COLUMN password_set_at timestamptz NOT NULL DEFAULT now();

CREATE TABLE password_rule (
  county_code  text COLLATE "C" PRIMARY KEY REFERENCES county,
  -- NULL: a password does not end by itself.
  max_age_days integer CHECK (max_age_days BETWEEN 30 AND 730)
);
ALTER TABLE password_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON password_rule USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON password_rule TO onegrid_app;

DROP FUNCTION onegrid.use_sessions(text, bytea[], timestamptz, interval);
-- As in migration 0014; tells besides whether the password has to be changed first.
CREATE FUNCTION onegrid.use_sessions(
  in_county text, in_hashes bytea[], in_now timestamptz, in_idle interval
) RETURNS TABLE (
  session_hash bytea, account_id uuid, login text, name text, role text, scope_code text,
  unit_code text, csrf_token text, expires_at timestamptz, password_is_due boolean
) LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  stale bytea[];
BEGIN
  PERFORM set_config('onegrid.county', in_county, true);
  RETURN QUERY
    SELECT s.session_hash, a.account_id, a.login, a.name, a.role, a.scope_code, a.unit_code,
           s.csrf_token, s.expires_at,
           a.password_given OR coalesce(
             a.password_set_at + make_interval(days => r.max_age_days) <= in_now, false)
      FROM session s
      JOIN account a ON a.county_code = s.county_code AND a.account_id = s.account_id
      LEFT JOIN password_rule r ON r.county_code = s.county_code
     WHERE s.county_code = in_county AND s.session_hash = ANY (in_hashes)
       AND s.expires_at > in_now AND s.last_seen_at + in_idle > in_now
       AND a.disabled_at IS NULL;
  SELECT array_agg(s.session_hash) INTO stale
    FROM session s
   WHERE s.county_code = in_county AND s.session_hash = ANY (in_hashes)
     AND s.expires_at > in_now AND s.last_seen_at + in_idle > in_now
     AND s.last_seen_at < in_now - interval '1 minute';
  IF stale IS NOT NULL THEN
    -- In order of the key, so that two groups with common sessions never deadlock.
    UPDATE session SET last_seen_at = in_now
      FROM (SELECT county_code, session_hash FROM session
             WHERE county_code = in_county AND session_hash = ANY (stale)
             ORDER BY session_hash FOR NO KEY UPDATE SKIP LOCKED) AS due
     WHERE session.county_code = due.county_code AND session.session_hash = due.session_hash;
  END IF;
END $$;
COMMENT ON FUNCTION onegrid.use_sessions IS
  'The accounts of living sessions; slides the idle limit at most once a minute.';
REVOKE ALL ON FUNCTION onegrid.use_sessions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.use_sessions TO onegrid_app;
