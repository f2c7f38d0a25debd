-- The whole lifecycle of a case: more states and events, what goes on beside its main line, its
-- light, and the versions of calendar and rules it was filed under.
ALTER TABLE cases DROP CONSTRAINT cases_state_check;
ALTER TABLE cases ADD CONSTRAINT cases_state_check CHECK (state IN
  ('reported', 'checking', 'filed', 'dispatched', 'signed', 'handled', 'fed_back', 'verified',
   'closed', 'self_handled', 'not_accepted', 'voided', 'merged'));
ALTER TABLE case_event DROP CONSTRAINT case_event_kind_check;
ALTER TABLE case_event ADD CONSTRAINT case_event_kind_check CHECK (kind IN
  ('report', 'check', 'checked', 'file', 'refuse', 'dispatch', 'sign', 'handle', 'feed_back',
   'verify', 'rework', 'close', 'self_handle', 'return', 'escalate', 'mark_no_owner', 'void',
   'merge', 'reopen', 'ask_extension', 'endorse_extension', 'grant_extension',
   'refuse_extension', 'ask_suspension', 'grant_suspension', 'refuse_suspension', 'resume',
   'supervise', 'answer_supervision', 'call_whistle', 'approve_whistle', 'decline_whistle',
   'arrive', 'end_whistle', 'rate_whistle', 'ask_appeal', 'endorse_appeal', 'grant_appeal',
   'refuse_appeal', 'assign_sub_task', 'sign_sub_task', 'finish_sub_task', 'waive_sub_task',
   'decide_owner', 'absorb', 'recalendar'));

ALTER TABLE cases
  -- When the light turns amber; red follows from due_at.
  ADD COLUMN amber_at timestamptz,
  ADD COLUMN calendar_version integer,
  ADD COLUMN rules_version integer,
  -- 挂账 until then, unless that is past.
  ADD COLUMN suspended_until timestamptz,
  -- 督办 that waits for an answer.
  ADD COLUMN supervision_level text CHECK (supervision_level IN ('ordinary', 'key', 'listed')),
  ADD COLUMN extensions integer NOT NULL DEFAULT 0,
  ADD COLUMN returns integer NOT NULL DEFAULT 0,
  ADD COLUMN reworks integer NOT NULL DEFAULT 0,
  ADD COLUMN merged_into uuid,
  ADD COLUMN overdue_exempt boolean NOT NULL DEFAULT false,
  -- Whom side matters wait for: packages/domain/src/cases/side/awaits.ts.
  ADD COLUMN awaits text[] NOT NULL DEFAULT '{}',
  -- Shape: packages/domain/src/cases/side/side.ts, without what is empty.
  ADD COLUMN side jsonb NOT NULL DEFAULT '{}',
  ADD FOREIGN KEY (county_code, merged_into) REFERENCES cases;
CREATE INDEX cases_by_merged_into ON cases (county_code, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_by_awaits ON cases USING gin (awaits) WHERE awaits <> '{}';
CREATE INDEX cases_suspended ON cases (county_code, suspended_until)
  WHERE suspended_until IS NOT NULL;
CREATE INDEX cases_supervised ON cases (county_code, supervision_level)
  WHERE supervision_level IS NOT NULL;
GRANT UPDATE (amber_at, calendar_version, rules_version, suspended_until, supervision_level,
  extensions, returns, reworks, merged_into, overdue_exempt, awaits, side) ON cases TO onegrid_app;

-- 作废 and 合并 end a case too: the partial indexes on open cases say so in the words of the queries.
DROP INDEX cases_open_by_due;
CREATE INDEX cases_open_by_due ON cases
  (county_code, (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
DROP INDEX cases_open_by_reported;
CREATE INDEX cases_open_by_reported ON cases (county_code, reported_at DESC, case_id DESC)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
DROP INDEX cases_open_of_level1;
CREATE INDEX cases_open_of_level1 ON cases (county_code, level1_code,
  (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
DROP INDEX cases_open_by_grid;
CREATE INDEX cases_open_by_grid ON cases (county_code, grid_code, state)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');
DROP INDEX cases_open_of_level1;
CREATE INDEX cases_open_of_level1 ON cases (county_code, level1_code,
  (CASE WHEN due_at IS NULL THEN 'infinity'::timestamptz ELSE due_at END), case_id)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted', 'voided', 'merged');

-- 申诉认可: overdue, and not counted against anybody. The raw fact stays in due and disposed_on_time.
ALTER TABLE case_tally ADD COLUMN overdue_exempt integer NOT NULL DEFAULT 0;

-- The county's rules for working cases, versioned: the present line has the highest version.
CREATE TABLE case_rules (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  version     integer NOT NULL CHECK (version >= 1),
  -- Shape: CaseRules in packages/contract/src/case-rules.ts.
  rules       jsonb NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, version)
);
ALTER TABLE case_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON case_rules USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON case_rules TO onegrid_app;

-- The next moment at which a clock of a case has somebody told, and those that have been: at most
-- one line of a case has not fired, and the rest are the record that each fired once.
CREATE TABLE case_milestone (
  county_code text COLLATE "C" NOT NULL,
  case_id     uuid NOT NULL,
  -- 'case', 'sign:2', 'sub_task:1', …; key is a milestone of the rules, 'due' or 'resume'.
  clock_key   text COLLATE "C" NOT NULL,
  key         text COLLATE "C" NOT NULL,
  -- Extensions granted before: an extended clock turns amber once more.
  round       integer NOT NULL,
  -- When that share of the limit is used up, and when to tell: not before somebody is at work.
  reached_at  timestamptz NOT NULL,
  fire_at     timestamptz NOT NULL,
  fired_at    timestamptz,
  PRIMARY KEY (county_code, case_id, clock_key, key, round),
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
CREATE INDEX case_milestone_next ON case_milestone (county_code, fire_at) WHERE fired_at IS NULL;
ALTER TABLE case_milestone ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON case_milestone USING (county_code = onegrid.county());
GRANT SELECT, INSERT, UPDATE, DELETE ON case_milestone TO onegrid_app;

-- Every version of a county's calendar, whole: a case goes on counting by the one it was filed under.
CREATE TABLE calendar_snapshot (
  county_code text COLLATE "C" NOT NULL REFERENCES county,
  version     integer NOT NULL,
  years       jsonb NOT NULL,
  PRIMARY KEY (county_code, version)
);
ALTER TABLE calendar_snapshot ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_county ON calendar_snapshot USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON calendar_snapshot TO onegrid_app;

CREATE FUNCTION onegrid.keep_calendar(p_county text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO calendar_snapshot (county_code, version, years)
  SELECT p_county, sum(y.version), jsonb_agg(jsonb_build_object(
      'year', y.year, 'version', y.version, 'provisional', y.provisional, 'windows', y.windows,
      'days', (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'day', d.day, 'kind', d.kind, 'name', d.name) ORDER BY d.day), '[]')
        FROM calendar_day d WHERE d.county_code = p_county AND d.year = y.year))
    ORDER BY y.year)
  FROM calendar_year y WHERE y.county_code = p_county
  HAVING count(*) > 0
  ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION onegrid.keep_calendar IS 'Keeps the present version of a county''s calendar.';
GRANT EXECUTE ON FUNCTION onegrid.keep_calendar TO onegrid_app;
SELECT onegrid.keep_calendar(county_code) FROM county;
