-- 案件. The row is the fold of its log: `onegrid doctor` rebuilds and compares.
CREATE SEQUENCE case_number_seq;

CREATE TABLE cases (
  county_code      text COLLATE "C" NOT NULL REFERENCES county,
  case_id          uuid NOT NULL,
  -- Shown as reportedOn-number; never reused.
  case_number      bigint NOT NULL DEFAULT nextval('case_number_seq'),
  state            text NOT NULL CHECK (state IN
    ('reported', 'filed', 'dispatched', 'signed', 'handled', 'fed_back', 'verified', 'closed',
     'self_handled', 'not_accepted')),
  tier             text NOT NULL CHECK (tier IN
    ('level3', 'level2', 'level1', 'county', 'department')),
  -- Grid code of the tier that holds it, or the department's code at tier 'department'.
  holder_code      text COLLATE "C",
  -- Every department that ever held it: they go on seeing it.
  involved_units   text[] NOT NULL DEFAULT '{}',
  grid_code        text COLLATE "C" NOT NULL,
  grid_version     integer NOT NULL,
  lng              double precision,
  lat              double precision,
  accuracy_m       double precision,
  -- Morton (quadkey) number of the point at zoom 20: a map's square is an index range.
  tile_key         bigint,
  address          text,
  description      text NOT NULL,
  category_code    text COLLATE "C" NOT NULL,
  category_version integer NOT NULL,
  net              text NOT NULL CHECK (net IN
    ('party_building', 'comprehensive_governance', 'city_management', 'illegal_construction')),
  emergency        boolean NOT NULL DEFAULT false,
  source           text NOT NULL CHECK (source IN
    ('worker', 'resident', 'hotline', 'department', 'import')),
  reporter_account_id uuid,
  -- SHA-256 of the report as sent: the same id with another body is refused.
  report_hash      bytea NOT NULL CHECK (length(report_hash) = 32),
  receipt_code     text COLLATE "C",
  attachment_ids   uuid[] NOT NULL DEFAULT '{}',
  reported_at      timestamptz NOT NULL,
  filed_at         timestamptz,
  -- Limit frozen at filing, so that a later edit of the catalogue moves nothing.
  limit_amount     double precision,
  limit_unit       text CHECK (limit_unit IN
    ('working_hour', 'working_day', 'urgent_hour', 'urgent_day')),
  due_at           timestamptz,
  disposed_at      timestamptz,
  -- Who fed back or solved it: somebody else verifies.
  disposed_by      uuid,
  closed_at        timestamptz,
  -- Number of events in the log; what a client read and sends back as baseVersion.
  version          integer NOT NULL CHECK (version >= 1),
  sample           boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, case_id),
  UNIQUE (county_code, case_number),
  UNIQUE (county_code, receipt_code),
  FOREIGN KEY (county_code, grid_code, grid_version) REFERENCES grid,
  FOREIGN KEY (county_code, category_code, category_version) REFERENCES category,
  FOREIGN KEY (county_code, reporter_account_id) REFERENCES account,
  FOREIGN KEY (county_code, disposed_by) REFERENCES account,
  CHECK ((lng IS NULL) = (lat IS NULL) AND (lng IS NULL) = (tile_key IS NULL)),
  CHECK ((limit_amount IS NULL) = (limit_unit IS NULL) AND (limit_amount IS NULL) = (due_at IS NULL)),
  CHECK (starts_with(grid_code, county_code))
);
CREATE INDEX cases_by_reported ON cases (county_code, reported_at DESC, case_id DESC);
CREATE INDEX cases_open_by_due ON cases (county_code, due_at, case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
CREATE INDEX cases_by_grid ON cases (county_code, grid_code, grid_version, reported_at DESC);
CREATE INDEX cases_by_category ON cases (county_code, category_code, category_version, reported_at DESC);
CREATE INDEX cases_by_holder ON cases (county_code, holder_code, due_at, case_id)
  WHERE holder_code IS NOT NULL;
CREATE INDEX cases_by_reporter ON cases (county_code, reporter_account_id, reported_at DESC)
  WHERE reporter_account_id IS NOT NULL;
CREATE INDEX cases_by_disposer ON cases (county_code, disposed_by) WHERE disposed_by IS NOT NULL;
CREATE INDEX cases_by_tile ON cases (county_code, tile_key) WHERE tile_key IS NOT NULL;
CREATE INDEX cases_by_due ON cases (county_code, due_at, case_id) WHERE due_at IS NOT NULL;

-- The truth. Append-only: the application role may insert and read, never change.
CREATE TABLE case_event (
  county_code      text COLLATE "C" NOT NULL,
  case_id          uuid NOT NULL,
  -- 1, 2, 3 … within the case.
  seq              integer NOT NULL CHECK (seq >= 1),
  -- The command's id; for a report's first event the case's own id.
  event_id         uuid NOT NULL,
  kind             text NOT NULL CHECK (kind IN
    ('report', 'file', 'refuse', 'dispatch', 'sign', 'handle', 'feed_back', 'verify', 'rework',
     'close', 'self_handle', 'return', 'escalate')),
  -- When it happened for the people; recorded_at is when the database took it.
  occurred_at      timestamptz NOT NULL,
  recorded_at      timestamptz NOT NULL DEFAULT now(),
  actor_role       text NOT NULL CHECK (actor_role IN
    ('worker', 'head', 'street', 'county_centre', 'department', 'administrator', 'resident',
     'system')),
  actor_account_id uuid,
  -- Shape by kind: packages/domain/src/cases/event.ts.
  data             jsonb NOT NULL,
  PRIMARY KEY (county_code, case_id, seq),
  UNIQUE (county_code, event_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases,
  FOREIGN KEY (county_code, actor_account_id) REFERENCES account
);
CREATE INDEX case_event_by_actor ON case_event (county_code, actor_account_id, occurred_at)
  WHERE actor_account_id IS NOT NULL;

-- Rollup of the log. Each event appends its deltas in its own transaction (no hot row);
-- a job sums rows of equal keys. A figure is a sum over the table, exact at every moment.
CREATE TABLE case_tally (
  county_code      text COLLATE "C" NOT NULL REFERENCES county,
  tally_id         bigint GENERATED ALWAYS AS IDENTITY,
  -- Day in the county's time zone; for due, disposed and disposed_on_time the day it became due.
  day              date NOT NULL,
  grid_code        text COLLATE "C" NOT NULL,
  category_code    text COLLATE "C" NOT NULL,
  net              text NOT NULL CHECK (net IN
    ('party_building', 'comprehensive_governance', 'city_management', 'illegal_construction')),
  tier             text NOT NULL CHECK (tier IN
    ('level3', 'level2', 'level1', 'county', 'department')),
  unit_code        text COLLATE "C" NOT NULL DEFAULT '',
  reported         integer NOT NULL DEFAULT 0,
  opened           integer NOT NULL DEFAULT 0,
  due              integer NOT NULL DEFAULT 0,
  disposed         integer NOT NULL DEFAULT 0,
  disposed_on_time integer NOT NULL DEFAULT 0,
  closed           integer NOT NULL DEFAULT 0,
  PRIMARY KEY (county_code, tally_id)
);
CREATE INDEX case_tally_by_day ON case_tally (county_code, day, grid_code);
CREATE INDEX case_tally_by_key
  ON case_tally (county_code, grid_code, day, category_code, net, tier, unit_code);

ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON cases FOR SELECT USING (
  county_code = onegrid.county()
  AND (starts_with(grid_code, onegrid.scope()) OR onegrid.unit() = ANY (involved_units))
);
-- Anybody may report anywhere in the county; changing needs the case in sight.
CREATE POLICY report_in_county ON cases FOR INSERT WITH CHECK (county_code = onegrid.county());
CREATE POLICY change_in_scope ON cases FOR UPDATE USING (
  county_code = onegrid.county()
  AND (starts_with(grid_code, onegrid.scope()) OR onegrid.unit() = ANY (involved_units))
) WITH CHECK (county_code = onegrid.county());
CREATE POLICY of_visible_case ON case_event FOR SELECT USING (
  county_code = onegrid.county()
  AND EXISTS (SELECT FROM cases c
    WHERE c.county_code = case_event.county_code AND c.case_id = case_event.case_id)
);
CREATE POLICY append_in_county ON case_event FOR INSERT WITH CHECK (county_code = onegrid.county());
CREATE POLICY own_county ON case_tally USING (county_code = onegrid.county());

GRANT SELECT, INSERT ON cases, case_event TO onegrid_app;
-- What the log can change; reported facts stay as reported.
GRANT UPDATE (state, tier, holder_code, involved_units, attachment_ids, filed_at, limit_amount,
  limit_unit, due_at, disposed_at, disposed_by, closed_at, version) ON cases TO onegrid_app;
GRANT USAGE ON SEQUENCE case_number_seq TO onegrid_app;
GRANT SELECT, INSERT, DELETE ON case_tally TO onegrid_app;
