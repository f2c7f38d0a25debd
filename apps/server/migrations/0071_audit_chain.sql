-- The audit log as a chain: each line's link holds the hash of the line before it, so that a line
-- changed, left out, put in or moved later is found (./onegrid audit verify). Links are made as the
-- transaction commits, one transaction of a county at a time: in the order of the commits, and
-- nothing waits while work is under way. Only this trigger writes links; the application's role
-- may not, and cannot append a line without its link either.
CREATE TABLE audit_link (
  county_code text COLLATE "C" NOT NULL,
  -- 1, 2, 3 … within the county, without a gap.
  seq         bigint NOT NULL CHECK (seq >= 1),
  audit_id    bigint NOT NULL,
  -- SHA-256 of the previous link's hash (nothing for the first) and the line as text.
  hash        bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (county_code, seq),
  UNIQUE (county_code, audit_id),
  FOREIGN KEY (county_code, audit_id) REFERENCES audit_event
);
COMMENT ON TABLE audit_link IS 'Append-only chain over audit_event; written by its trigger alone.';

CREATE FUNCTION onegrid.audit_line(e audit_event) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN json_build_array(e.county_code, e.audit_id, extract(epoch FROM e.occurred_at), e.account_id,
    e.action, e.outcome, e.subject, e.request_id, e.address, e.detail)::text;
COMMENT ON FUNCTION onegrid.audit_line IS
  'What is hashed of a line; the same for every time zone and locale of a session.';

CREATE FUNCTION onegrid.link_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  last_seq bigint;
  last_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('onegrid.audit_link/' || NEW.county_code, 0));
  SELECT seq, hash INTO last_seq, last_hash FROM audit_link
   WHERE county_code = NEW.county_code ORDER BY seq DESC LIMIT 1;
  INSERT INTO audit_link (county_code, seq, audit_id, hash)
  VALUES (NEW.county_code, coalesce(last_seq, 0) + 1, NEW.audit_id,
          sha256(coalesce(last_hash, ''::bytea) || convert_to(onegrid.audit_line(NEW), 'UTF8')));
  RETURN NULL;
END $$;

DO $$
DECLARE
  line audit_event;
  last_hash bytea;
  last_seq bigint;
  county text;
BEGIN
  FOR county IN SELECT DISTINCT county_code FROM audit_event LOOP
    last_hash := ''::bytea;
    last_seq := 0;
    FOR line IN SELECT * FROM audit_event WHERE county_code = county ORDER BY audit_id LOOP
      last_hash := sha256(last_hash || convert_to(onegrid.audit_line(line), 'UTF8'));
      last_seq := last_seq + 1;
      INSERT INTO audit_link VALUES (county, last_seq, line.audit_id, last_hash);
    END LOOP;
  END LOOP;
END $$;

CREATE CONSTRAINT TRIGGER link_audit_event AFTER INSERT ON audit_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION onegrid.link_audit_event();

ALTER TABLE audit_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON audit_link USING (county_code = onegrid.county());
GRANT SELECT ON audit_link TO onegrid_app;
GRANT EXECUTE ON FUNCTION onegrid.audit_line TO onegrid_app;

-- Reading the log by what was done and by whom.
CREATE INDEX audit_event_by_account ON audit_event (county_code, account_id, audit_id);
CREATE INDEX audit_event_by_action ON audit_event (county_code, action, audit_id);

-- What was recorded on a day, for the daily digest of the case log: small, and nothing to a report.
CREATE INDEX case_event_by_recorded ON case_event USING brin (recorded_at);
