-- One round trip answers who asks: names the county (so that row-level security lets the session
-- be read), finds the session and its account, and moves the idle limit on. The write happens at
-- most once a minute, not at each request. A disabled account has no session from that moment.
CREATE FUNCTION onegrid.use_session(
  in_county text, in_hash bytea, in_now timestamptz, in_idle interval
) RETURNS TABLE (
  account_id uuid, login text, name text, role text, scope_code text, unit_code text,
  csrf_token text, expires_at timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  seen_at timestamptz;
BEGIN
  PERFORM set_config('onegrid.county', in_county, true);
  SELECT a.account_id, a.login, a.name, a.role, a.scope_code, a.unit_code,
         s.csrf_token, s.expires_at, s.last_seen_at
    INTO account_id, login, name, role, scope_code, unit_code, csrf_token, expires_at, seen_at
    FROM session s
    JOIN account a ON a.county_code = s.county_code AND a.account_id = s.account_id
   WHERE s.county_code = in_county AND s.session_hash = in_hash
     AND s.expires_at > in_now AND s.last_seen_at + in_idle > in_now
     AND a.disabled_at IS NULL;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF seen_at < in_now - interval '1 minute' THEN
    UPDATE session SET last_seen_at = in_now
     WHERE county_code = in_county AND session_hash = in_hash;
  END IF;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION onegrid.use_session IS
  'The account of a living session, or no row; slides the idle limit at most once a minute.';
REVOKE ALL ON FUNCTION onegrid.use_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION onegrid.use_session TO onegrid_app;
