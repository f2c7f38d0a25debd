-- Tables that somebody brings in: checked first, stored when the account says so.
CREATE TABLE register_import (
  county_code text COLLATE "C" NOT NULL,
  import_id   uuid NOT NULL,
  account_id  uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('estates', 'buildings', 'property_companies',
    'owners_committees', 'organisations', 'posts', 'people', 'components')),
  file_name   text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  -- Of the bytes, so that sending the same id again with another file is told.
  file_sha256 bytea NOT NULL CHECK (length(file_sha256) = 32),
  language    text NOT NULL CHECK (language IN ('zh-CN', 'en')),
  state       text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'checking', 'checked', 'applying', 'applied', 'failed')),
  faulty_rows text CHECK (faulty_rows IN ('refuse', 'skip')),
  rows_done   integer NOT NULL DEFAULT 0,
  rows_total  integer NOT NULL DEFAULT 0,
  problem     text,
  -- ImportReport of packages/contract/src/register-imports.ts; nothing personal in it.
  report      jsonb,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (county_code, import_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX register_import_by_account ON register_import (county_code, account_id, created_at);
CREATE INDEX register_import_by_expiry ON register_import (county_code, expires_at);

ALTER TABLE register_import ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON register_import USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE (state, faulty_rows, rows_done, rows_total, problem, report), DELETE
  ON register_import TO onegrid_app;
