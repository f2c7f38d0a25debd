-- Envelope encryption: what is kept sealed is sealed with a data key, and data keys are kept sealed
-- with the installation's key, which is not in the database. Which key a row is sealed with stands in
-- the row itself; a foreign key holds a data key in place for as long as one row needs it, so a
-- rotation that is cut off anywhere leaves everything readable. Rows from before the first rotation
-- are sealed with the installation's key and name none.
CREATE TABLE data_key (
  key_id       text COLLATE "C" PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{16}$'),
  suite        text NOT NULL CHECK (suite IN ('aes_256_gcm', 'sm4_ctr_hmac_sm3')),
  wrapped      bytea NOT NULL,
  created_at   timestamptz NOT NULL,
  -- Announced first, so that every process can open what it seals; used from then on.
  current_since timestamptz
);
COMMENT ON TABLE data_key IS 'reference: the installation''s data keys, wrapped; no key opens without the installation''s own';
GRANT SELECT ON data_key TO onegrid_app;

-- 'OneGrid', suite, key id, then what the suite made.
CREATE FUNCTION onegrid.data_key_of(sealed bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN substr(sealed, 1, 7) = '\x4f6e6547726964'::bytea
      AND substr(sealed, 8, 1) IN ('\x01'::bytea, '\x02'::bytea) AND length(sealed) >= 16
    THEN encode(substr(sealed, 9, 8), 'hex') COLLATE "C" END;
COMMENT ON FUNCTION onegrid.data_key_of IS 'Data key that a value is sealed with; NULL for the installation''s own.';
GRANT EXECUTE ON FUNCTION onegrid.data_key_of TO onegrid_app;

ALTER TABLE reporter_contact ADD COLUMN data_key_id text COLLATE "C"
  GENERATED ALWAYS AS (onegrid.data_key_of(ciphertext)) STORED REFERENCES data_key;
ALTER TABLE case_follower ADD COLUMN data_key_id text COLLATE "C"
  GENERATED ALWAYS AS (onegrid.data_key_of(ciphertext)) STORED REFERENCES data_key;
ALTER TABLE webhook ADD COLUMN data_key_id text COLLATE "C"
  GENERATED ALWAYS AS (onegrid.data_key_of(secret)) STORED REFERENCES data_key;
ALTER TABLE totp_secret ADD COLUMN data_key_id text COLLATE "C"
  GENERATED ALWAYS AS (onegrid.data_key_of(ciphertext)) STORED REFERENCES data_key;
ALTER TABLE objection ADD COLUMN data_key_id text COLLATE "C"
  GENERATED ALWAYS AS (onegrid.data_key_of(contact_sealed)) STORED REFERENCES data_key;
ALTER TABLE person_secret
  ADD COLUMN phone_data_key_id text COLLATE "C"
    GENERATED ALWAYS AS (onegrid.data_key_of(phone_sealed)) STORED REFERENCES data_key,
  ADD COLUMN id_number_data_key_id text COLLATE "C"
    GENERATED ALWAYS AS (onegrid.data_key_of(id_number_sealed)) STORED REFERENCES data_key;
CREATE INDEX reporter_contact_by_data_key ON reporter_contact (data_key_id);
CREATE INDEX case_follower_by_data_key ON case_follower (data_key_id);
CREATE INDEX webhook_by_data_key ON webhook (data_key_id);
CREATE INDEX totp_secret_by_data_key ON totp_secret (data_key_id);
CREATE INDEX objection_by_data_key ON objection (data_key_id);
CREATE INDEX person_secret_by_phone_key ON person_secret (phone_data_key_id);
CREATE INDEX person_secret_by_id_number_key ON person_secret (id_number_data_key_id);
