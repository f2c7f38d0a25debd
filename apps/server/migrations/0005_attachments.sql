-- Photos: the row names the content, the bytes lie in the file store by their hash.
CREATE TABLE attachment (
  county_code   text COLLATE "C" NOT NULL REFERENCES county,
  attachment_id uuid NOT NULL,
  -- SHA-256 of the upload as sent (idempotence) and of the re-encoded full size (address).
  upload_sha256 bytea NOT NULL CHECK (length(upload_sha256) = 32),
  sha256        bytea NOT NULL CHECK (length(sha256) = 32),
  width_px      integer NOT NULL CHECK (width_px > 0),
  height_px     integer NOT NULL CHECK (height_px > 0),
  bytes         integer NOT NULL CHECK (bytes > 0),
  account_id    uuid,
  -- Null until a report or a command names it; a job removes what stays unnamed for a day.
  case_id       uuid,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, attachment_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account,
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
CREATE INDEX attachment_by_case ON attachment (county_code, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX attachment_by_account ON attachment (county_code, account_id);
CREATE INDEX attachment_unnamed ON attachment (county_code, created_at) WHERE case_id IS NULL;

-- 联系方式 of a reporter: encrypted, apart from the case, removed when its term ends.
CREATE TABLE reporter_contact (
  county_code  text COLLATE "C" NOT NULL,
  case_id      uuid NOT NULL,
  key_id       text NOT NULL,
  ciphertext   bytea NOT NULL,
  delete_after date NOT NULL,
  PRIMARY KEY (county_code, case_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
CREATE INDEX reporter_contact_by_term ON reporter_contact (county_code, delete_after);

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporter_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON attachment USING (county_code = onegrid.county());
CREATE POLICY of_visible_case ON reporter_contact FOR SELECT USING (
  county_code = onegrid.county()
  AND EXISTS (SELECT FROM cases c
    WHERE c.county_code = reporter_contact.county_code AND c.case_id = reporter_contact.case_id)
);
CREATE POLICY write_in_county ON reporter_contact FOR INSERT
  WITH CHECK (county_code = onegrid.county());
CREATE POLICY delete_in_county ON reporter_contact FOR DELETE USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE (case_id), DELETE ON attachment TO onegrid_app;
GRANT SELECT, INSERT, DELETE ON reporter_contact TO onegrid_app;
