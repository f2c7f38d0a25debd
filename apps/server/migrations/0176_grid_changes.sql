-- 网格调整: which grids of one community are replaced by which, from which day on. Drawn, proposed,
-- approved by the street; on its day it becomes versions of `grid` and is never changed again.
CREATE TABLE grid_change (
  county_code         text COLLATE "C" NOT NULL REFERENCES county,
  change_id           uuid NOT NULL,
  -- The grid above, in the version it was drawn in.
  parent_code         text COLLATE "C" NOT NULL,
  parent_version      integer NOT NULL,
  state               text NOT NULL CHECK (state IN
    ('draft', 'proposed', 'approved', 'refused', 'in_effect', 'withdrawn', 'overtaken')),
  version             integer NOT NULL CHECK (version >= 1),
  effective_on        date NOT NULL,
  note                text NOT NULL,
  -- [{gridCode, version}]: children as they were when it was drawn.
  replaces            jsonb NOT NULL,
  -- [{gridCode, name, outline}]: what is there afterwards; gridCode null for a new one.
  grids               jsonb NOT NULL,
  written_by          uuid NOT NULL,
  proposed_by         uuid,
  decided_by          uuid,
  decision_note       text,
  updated_at          timestamptz NOT NULL,
  decided_at          timestamptz,
  in_effect_at        timestamptz,
  PRIMARY KEY (county_code, change_id),
  FOREIGN KEY (county_code, parent_code, parent_version) REFERENCES grid,
  FOREIGN KEY (county_code, written_by) REFERENCES account,
  FOREIGN KEY (county_code, proposed_by) REFERENCES account,
  FOREIGN KEY (county_code, decided_by) REFERENCES account,
  CHECK (starts_with(parent_code, county_code)),
  CHECK ((state = 'in_effect') = (in_effect_at IS NOT NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  -- 审批和提出不是同一人.
  CHECK (state NOT IN ('approved', 'in_effect') OR decided_by <> proposed_by)
);
CREATE INDEX grid_change_by_parent ON grid_change (county_code, parent_code, parent_version);
CREATE INDEX grid_change_by_writer ON grid_change (county_code, written_by);
CREATE INDEX grid_change_by_proposer ON grid_change (county_code, proposed_by)
  WHERE proposed_by IS NOT NULL;
CREATE INDEX grid_change_by_decider ON grid_change (county_code, decided_by)
  WHERE decided_by IS NOT NULL;
-- Two that wait for their day in one community would overtake each other.
CREATE UNIQUE INDEX grid_change_waiting ON grid_change (county_code, parent_code)
  WHERE state = 'approved';
-- As they were on a day: what ended after it.
CREATE INDEX grid_of_past_days ON grid (county_code, valid_to) WHERE valid_to IS NOT NULL;

ALTER TABLE grid_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON grid_change USING (
  county_code = onegrid.county()
  AND parent_code >= onegrid.scope() AND parent_code < onegrid.scope_end());
GRANT SELECT, INSERT, UPDATE ON grid_change TO onegrid_app;
