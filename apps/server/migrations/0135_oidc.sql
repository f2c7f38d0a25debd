-- Signing in through a county's own identity provider (OpenID Connect): the provider names an
-- employee number, and only an account that has it already is opened. Such a session knows no
-- password, so none is due in it.
ALTER TABLE account ADD COLUMN employee_number text COLLATE "C"
  CHECK (length(employee_number) BETWEEN 1 AND 60);
CREATE UNIQUE INDEX account_by_employee_number ON account (county_code, employee_number);
ALTER TABLE session ADD COLUMN by_password boolean NOT NULL DEFAULT true;

-- As in migration 0134, but for sessions without a password.
CREATE OR REPLACE FUNCTION onegrid.use_sessions(
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
           s.by_password AND (a.password_given OR coalesce(
             a.password_set_at + make_interval(days => r.max_age_days) <= in_now, false))
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
