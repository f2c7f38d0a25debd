-- 归零整合: the old four networks' posts end on one day, new posts are offered, candidates reviewed,
-- selected, published and appointed, and open work is handed over. One street at a time.

-- 原岗位: who served in an old network and as what; names and nothing else of a person.
CREATE TABLE former_post (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  code            text COLLATE "C" NOT NULL,
  person_name     text NOT NULL,
  net             text NOT NULL CHECK (net IN ('party_building', 'comprehensive_governance',
    'city_management', 'illegal_construction')),
  role            text NOT NULL,
  grid_code       text COLLATE "C" NOT NULL,
  -- Set when this person is first entered as a candidate.
  person_id       uuid,
  -- First day on which it was no longer held, and the reassignment that ended it.
  ended_on        date,
  reassignment_id uuid,
  PRIMARY KEY (county_code, code),
  FOREIGN KEY (county_code, person_id) REFERENCES person,
  CHECK (starts_with(grid_code, county_code)),
  CHECK ((ended_on IS NULL) = (reassignment_id IS NULL))
);
CREATE INDEX former_post_by_grid ON former_post (county_code, grid_code, code);
CREATE INDEX former_post_by_person ON former_post (county_code, person_id)
  WHERE person_id IS NOT NULL;
CREATE INDEX former_post_by_reassignment ON former_post (county_code, reassignment_id)
  WHERE reassignment_id IS NOT NULL;

CREATE TABLE reassignment (
  county_code     text COLLATE "C" NOT NULL REFERENCES county,
  reassignment_id uuid NOT NULL,
  street_code     text COLLATE "C" NOT NULL,
  state           text NOT NULL CHECK (state IN ('listing', 'opening', 'calling', 'reviewing',
    'selecting', 'published', 'handing_over', 'closed', 'cancelled')),
  version         integer NOT NULL CHECK (version >= 1),
  -- First day without the old posts.
  ends_on         date,
  started_at      timestamptz NOT NULL,
  PRIMARY KEY (county_code, reassignment_id),
  CHECK (starts_with(street_code, county_code)),
  CHECK ((ends_on IS NULL) = (state IN ('listing', 'cancelled')))
);
-- One at a time in a street.
CREATE UNIQUE INDEX reassignment_running ON reassignment (county_code, street_code)
  WHERE state NOT IN ('closed', 'cancelled');

ALTER TABLE former_post ADD FOREIGN KEY (county_code, reassignment_id) REFERENCES reassignment;

-- What was done, by whom and when; the state is its fold.
CREATE TABLE reassignment_event (
  county_code     text COLLATE "C" NOT NULL,
  reassignment_id uuid NOT NULL,
  seq             integer NOT NULL CHECK (seq >= 1),
  kind            text NOT NULL CHECK (kind IN ('start', 'end_former', 'restore_former',
    'open_posts', 'remove_post', 'call', 'enter', 'close_call', 'reopen_call', 'review',
    'finish_review', 'reopen_review', 'select', 'publish', 'appoint', 'finish_appointing',
    'hand_over', 'close', 'cancel')),
  occurred_at     timestamptz NOT NULL,
  account_id      uuid NOT NULL,
  -- Codes, counts and reasons; no names.
  detail          jsonb NOT NULL,
  PRIMARY KEY (county_code, reassignment_id, seq),
  FOREIGN KEY (county_code, reassignment_id) REFERENCES reassignment,
  FOREIGN KEY (county_code, account_id) REFERENCES account
);
CREATE INDEX reassignment_event_by_account ON reassignment_event (county_code, account_id);

-- A post that is offered.
CREATE TABLE offered_post (
  county_code       text COLLATE "C" NOT NULL,
  reassignment_id   uuid NOT NULL,
  post_code         text COLLATE "C" NOT NULL,
  -- Taken out again: nobody fitting; it stays vacant.
  removed_at        timestamptz,
  selected_id       uuid,
  selection_reason  text,
  notice_id         uuid,
  appointment_id    uuid,
  handed_over_at    timestamptz,
  handed_over_cases integer CHECK (handed_over_cases >= 0),
  PRIMARY KEY (county_code, reassignment_id, post_code),
  FOREIGN KEY (county_code, reassignment_id) REFERENCES reassignment,
  FOREIGN KEY (county_code, post_code) REFERENCES post,
  FOREIGN KEY (county_code, notice_id) REFERENCES notice,
  FOREIGN KEY (county_code, appointment_id) REFERENCES appointment,
  CHECK ((selected_id IS NULL) = (selection_reason IS NULL)),
  CHECK (selected_id IS NOT NULL OR notice_id IS NULL),
  CHECK (notice_id IS NOT NULL OR appointment_id IS NULL),
  CHECK (appointment_id IS NOT NULL OR handed_over_at IS NULL),
  CHECK ((handed_over_at IS NULL) = (handed_over_cases IS NULL))
);
CREATE INDEX offered_post_by_post ON offered_post (county_code, post_code);
CREATE INDEX offered_post_by_notice ON offered_post (county_code, notice_id)
  WHERE notice_id IS NOT NULL;
CREATE INDEX offered_post_by_appointment ON offered_post (county_code, appointment_id)
  WHERE appointment_id IS NOT NULL;

-- 报名 and 推荐 for a post.
CREATE TABLE candidacy (
  county_code     text COLLATE "C" NOT NULL,
  candidacy_id    uuid NOT NULL,
  reassignment_id uuid NOT NULL,
  post_code       text COLLATE "C" NOT NULL,
  person_id       uuid NOT NULL,
  way             text NOT NULL CHECK (way IN ('applied', 'nominated')),
  words           text NOT NULL,
  state           text NOT NULL CHECK (state IN ('entered', 'eligible', 'refused')),
  reason          text,
  PRIMARY KEY (county_code, candidacy_id),
  CONSTRAINT candidacy_once UNIQUE (county_code, reassignment_id, post_code, person_id),
  FOREIGN KEY (county_code, reassignment_id, post_code) REFERENCES offered_post,
  FOREIGN KEY (county_code, person_id) REFERENCES person,
  CHECK ((state = 'entered') = (reason IS NULL))
);
CREATE INDEX candidacy_by_person ON candidacy (county_code, person_id);
ALTER TABLE offered_post ADD FOREIGN KEY (county_code, selected_id) REFERENCES candidacy;
CREATE INDEX offered_post_by_selected ON offered_post (county_code, selected_id)
  WHERE selected_id IS NOT NULL;

ALTER TABLE former_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE reassignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE reassignment_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE offered_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE candidacy ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON former_post USING (county_code = onegrid.county());
CREATE POLICY own_county ON reassignment USING (county_code = onegrid.county());
CREATE POLICY own_county ON reassignment_event USING (county_code = onegrid.county());
CREATE POLICY own_county ON offered_post USING (county_code = onegrid.county());
CREATE POLICY own_county ON candidacy USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE ON former_post, reassignment, offered_post, candidacy
  TO onegrid_app;
GRANT SELECT, INSERT ON reassignment_event TO onegrid_app;

ALTER TABLE register_import DROP CONSTRAINT register_import_kind_check;
ALTER TABLE register_import ADD CONSTRAINT register_import_kind_check CHECK (kind IN ('estates',
  'buildings', 'property_companies', 'owners_committees', 'organisations', 'posts', 'people',
  'former_posts', 'components'));
