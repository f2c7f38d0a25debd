-- 公示. What is published is frozen with its SHA-256; objections 异议 come in against it, and while
-- one is open, what the notice is about waits.
CREATE TABLE notice (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  notice_id       uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN
    ('appointment', 'grid_change', 'funds', 'award', 'other')),
  state           text NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
  version         integer NOT NULL CHECK (version >= 1),
  grid_code       text COLLATE "C" NOT NULL,
  title           text NOT NULL,
  body            text NOT NULL,
  -- 公示期 in working days of the county's calendar.
  term_days       smallint NOT NULL CHECK (term_days BETWEEN 5 AND 60),
  published_at    timestamptz,
  -- Objections are taken until then.
  term_ends_at    timestamptz,
  text_sha256     bytea CHECK (length(text_sha256) = 32),
  withdraw_reason text,
  account_id      uuid,
  sample          boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, notice_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account,
  CHECK (starts_with(grid_code, county_code)),
  CHECK ((state = 'draft') = (published_at IS NULL)),
  CHECK ((published_at IS NULL) = (term_ends_at IS NULL)
    AND (published_at IS NULL) = (text_sha256 IS NULL)),
  CHECK ((state = 'withdrawn') = (withdraw_reason IS NOT NULL))
);
CREATE INDEX notice_by_account ON notice (county_code, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX notice_by_publication ON notice (county_code, published_at DESC, notice_id DESC)
  WHERE published_at IS NOT NULL;
CREATE INDEX notice_by_grid ON notice (county_code, grid_code, notice_id);

-- Whom an appointment notice is about.
CREATE TABLE notice_nominee (
  county_code text COLLATE "C" NOT NULL,
  notice_id   uuid NOT NULL,
  post_code   text COLLATE "C" NOT NULL,
  person_id   uuid NOT NULL,
  PRIMARY KEY (county_code, notice_id, post_code),
  FOREIGN KEY (county_code, notice_id) REFERENCES notice,
  FOREIGN KEY (county_code, post_code) REFERENCES post,
  FOREIGN KEY (county_code, person_id) REFERENCES person
);
CREATE INDEX notice_nominee_by_post ON notice_nominee (county_code, post_code, person_id);
CREATE INDEX notice_nominee_by_person ON notice_nominee (county_code, person_id);

CREATE TABLE objection (
  county_code    text COLLATE "C" NOT NULL,
  objection_id   uuid NOT NULL,
  notice_id      uuid NOT NULL,
  -- The post it is about, when the notice names several.
  post_code      text COLLATE "C",
  receipt_code   text COLLATE "C" NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'upheld', 'dismissed')),
  words          text NOT NULL,
  contact_key_id text,
  contact_sealed bytea,
  received_at    timestamptz NOT NULL,
  answer         text,
  answered_at    timestamptz,
  answered_by    uuid,
  PRIMARY KEY (county_code, objection_id),
  UNIQUE (county_code, receipt_code),
  FOREIGN KEY (county_code, notice_id) REFERENCES notice,
  FOREIGN KEY (county_code, post_code) REFERENCES post,
  FOREIGN KEY (county_code, answered_by) REFERENCES account,
  CHECK ((state = 'open') = (answer IS NULL) AND (answer IS NULL) = (answered_at IS NULL)),
  CHECK ((contact_sealed IS NULL) = (contact_key_id IS NULL))
);
CREATE INDEX objection_by_notice ON objection (county_code, notice_id, received_at);
CREATE INDEX objection_by_post ON objection (county_code, post_code) WHERE post_code IS NOT NULL;
CREATE INDEX objection_by_answerer ON objection (county_code, answered_by)
  WHERE answered_by IS NOT NULL;

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_nominee ENABLE ROW LEVEL SECURITY;
ALTER TABLE objection ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON notice USING (county_code = onegrid.county());
CREATE POLICY own_county ON notice_nominee USING (county_code = onegrid.county());
CREATE POLICY own_county ON objection USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON notice, objection TO onegrid_app;
GRANT SELECT, INSERT, DELETE ON notice_nominee TO onegrid_app;
