-- How residents rated a closed case, once each. A single answer is seen by nobody but the county
-- centre; the rated unit sees totals (satisfaction_tally).
CREATE TABLE case_rating (
  county_code text COLLATE "C" NOT NULL,
  case_id     uuid NOT NULL,
  -- The case's own id for its reporter, by whatever way it came.
  follower_id uuid NOT NULL,
  source      text NOT NULL CHECK (source IN ('receipt', 'callback')),
  score       smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
  resolved    boolean NOT NULL,
  words       text,
  rated_at    timestamptz NOT NULL,
  PRIMARY KEY (county_code, case_id, follower_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);

-- 回访: the random sample. Who is drawn follows from a keyed hash of the case's id.
CREATE TABLE callback_task (
  county_code text COLLATE "C" NOT NULL,
  callback_id uuid NOT NULL,
  case_id     uuid NOT NULL,
  state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done')),
  result      text CHECK (result IN ('answered', 'not_reached', 'declined')),
  attempts    integer NOT NULL DEFAULT 0,
  closed_at   timestamptz NOT NULL,
  answered_at timestamptz,
  answered_by uuid,
  PRIMARY KEY (county_code, callback_id),
  UNIQUE (county_code, case_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases,
  FOREIGN KEY (county_code, answered_by) REFERENCES account,
  CHECK ((state = 'done') = (answered_at IS NOT NULL))
);
CREATE INDEX callback_task_waiting ON callback_task (county_code, closed_at) WHERE state = 'waiting';
CREATE INDEX callback_task_by_clerk ON callback_task (county_code, answered_by);

-- Sums by month of the answer and by who held the case: no case, no words, no day.
CREATE TABLE satisfaction_tally (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  -- First day of the month, in the county's time zone.
  month       date NOT NULL,
  grid_code   text COLLATE "C" NOT NULL,
  unit_code   text COLLATE "C" NOT NULL DEFAULT '',
  answered    integer NOT NULL DEFAULT 0,
  -- Score 4 or 5.
  satisfied   integer NOT NULL DEFAULT 0,
  resolved    integer NOT NULL DEFAULT 0,
  PRIMARY KEY (county_code, month, grid_code, unit_code)
);

ALTER TABLE case_rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE callback_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE satisfaction_tally ENABLE ROW LEVEL SECURITY;
-- Single answers and the people behind them: for transactions over the whole county alone.
CREATE POLICY whole_county ON case_rating USING (
  county_code = onegrid.county() AND onegrid.scope() = onegrid.county());
CREATE POLICY whole_county ON callback_task USING (
  county_code = onegrid.county() AND onegrid.scope() = onegrid.county());
CREATE POLICY own_county ON satisfaction_tally USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON case_rating TO onegrid_app;
GRANT SELECT, INSERT, UPDATE (state, result, attempts, answered_at, answered_by) ON callback_task
  TO onegrid_app;
GRANT SELECT, INSERT, UPDATE (answered, satisfied, resolved) ON satisfaction_tally TO onegrid_app;
