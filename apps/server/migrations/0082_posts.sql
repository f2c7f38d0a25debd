-- 岗位、人员、任职、职责.

-- 岗位模板: what kind of post there is at which level of grid, and what its account may do.
CREATE TABLE post_template (
  county_code   text COLLATE "C" NOT NULL REFERENCES county,
  template_code text COLLATE "C" NOT NULL,
  name          text NOT NULL,
  grid_level    smallint NOT NULL CHECK (grid_level BETWEEN 1 AND 3),
  account_role  text NOT NULL CHECK (account_role IN ('worker', 'head', 'street')),
  -- Order on public pages: heads first.
  rank          smallint NOT NULL,
  sample        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, template_code)
);

-- 职责清单, versioned: the highest version is in force; what a holder acknowledged stays readable.
CREATE TABLE duty_list (
  county_code   text COLLATE "C" NOT NULL,
  template_code text COLLATE "C" NOT NULL,
  version       integer NOT NULL CHECK (version >= 1),
  duties        text[] NOT NULL CHECK (cardinality(duties) BETWEEN 1 AND 30),
  published_at  timestamptz NOT NULL,
  account_id    uuid,
  sample        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, template_code, version),
  FOREIGN KEY (county_code, template_code) REFERENCES post_template,
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX duty_list_by_account ON duty_list (county_code, account_id)
  WHERE account_id IS NOT NULL;

-- How many posts one person may hold at once; a county without a row: two.
CREATE TABLE staffing_rule (
  county_code          text COLLATE "C" PRIMARY KEY REFERENCES county,
  max_posts_per_person smallint NOT NULL CHECK (max_posts_per_person BETWEEN 1 AND 10)
);

CREATE TABLE post (
  county_code   text COLLATE "C" NOT NULL REFERENCES county,
  post_code     text COLLATE "C" NOT NULL,
  template_code text COLLATE "C" NOT NULL,
  grid_code     text COLLATE "C" NOT NULL,
  -- Of the post and never of the person.
  duty_phone    text,
  service_hours text,
  opened_on     date NOT NULL,
  closed_on     date CHECK (closed_on >= opened_on),
  sample        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, post_code),
  FOREIGN KEY (county_code, template_code) REFERENCES post_template,
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX post_by_grid ON post (county_code, grid_code, post_code);
CREATE INDEX post_by_template ON post (county_code, template_code);

-- 人员: a name and where the person serves. Everything else that is personal is sealed, apart.
CREATE TABLE person (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  person_id   uuid NOT NULL,
  name        text NOT NULL,
  grid_code   text COLLATE "C" NOT NULL,
  account_id  uuid,
  left_on     date,
  sample      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, person_id),
  UNIQUE (county_code, account_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account,
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX person_by_grid ON person (county_code, grid_code, person_id);

CREATE TABLE person_secret (
  county_code      text COLLATE "C" NOT NULL,
  person_id        uuid NOT NULL,
  grid_code        text COLLATE "C" NOT NULL,
  phone_key_id     text,
  phone_sealed     bytea,
  id_number_key_id text,
  id_number_sealed bytea,
  -- HMAC of the ID number: the same person is not entered twice, and nothing can be read from it.
  id_number_mark   bytea CHECK (length(id_number_mark) = 32),
  PRIMARY KEY (county_code, person_id),
  UNIQUE (county_code, id_number_mark),
  FOREIGN KEY (county_code, person_id) REFERENCES person,
  CHECK ((phone_sealed IS NULL) = (phone_key_id IS NULL)),
  CHECK ((id_number_sealed IS NULL) = (id_number_mark IS NULL)
    AND (id_number_sealed IS NULL) = (id_number_key_id IS NULL))
);

CREATE TABLE appointment (
  county_code     text COLLATE "C" NOT NULL,
  appointment_id  uuid NOT NULL,
  post_code       text COLLATE "C" NOT NULL,
  person_id       uuid NOT NULL,
  begins_on       date NOT NULL,
  -- First day on which the post is no longer held.
  ends_on         date CHECK (ends_on >= begins_on),
  end_reason      text,
  duty_version    integer,
  acknowledged_at timestamptz,
  sample          boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, appointment_id),
  FOREIGN KEY (county_code, post_code) REFERENCES post,
  FOREIGN KEY (county_code, person_id) REFERENCES person,
  CHECK ((duty_version IS NULL) = (acknowledged_at IS NULL)),
  CHECK ((ends_on IS NULL) = (end_reason IS NULL))
);
CREATE INDEX appointment_by_post ON appointment (county_code, post_code, begins_on);
CREATE INDEX appointment_by_person ON appointment (county_code, person_id, begins_on);

ALTER TABLE post_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE staffing_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE post ENABLE ROW LEVEL SECURITY;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON post_template USING (county_code = onegrid.county());
CREATE POLICY own_county ON duty_list USING (county_code = onegrid.county());
CREATE POLICY own_county ON staffing_rule USING (county_code = onegrid.county());
CREATE POLICY own_county ON post USING (county_code = onegrid.county());
-- Names of post-holders are public; who may look further than the name is the policy below.
CREATE POLICY own_county ON person USING (county_code = onegrid.county());
CREATE POLICY own_scope ON person_secret
  USING (county_code = onegrid.county() AND starts_with(grid_code, onegrid.scope()));
CREATE POLICY own_county ON appointment USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON post_template, staffing_rule, post, person, appointment
  TO onegrid_app;
GRANT SELECT, INSERT ON duty_list TO onegrid_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON person_secret TO onegrid_app;
