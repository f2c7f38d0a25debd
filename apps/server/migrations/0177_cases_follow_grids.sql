-- An open case lies in a grid of today: when grids are changed, the software says so in its log, and
-- the row follows. A closed one keeps the grid it was closed in.
ALTER TABLE case_event DROP CONSTRAINT case_event_kind_check;
ALTER TABLE case_event ADD CONSTRAINT case_event_kind_check CHECK (kind IN
  ('report', 'check', 'checked', 'file', 'refuse', 'dispatch', 'sign', 'handle', 'feed_back',
   'verify', 'rework', 'close', 'self_handle', 'return', 'escalate', 'mark_no_owner', 'void',
   'merge', 'reopen', 'ask_extension', 'endorse_extension', 'grant_extension',
   'refuse_extension', 'ask_suspension', 'grant_suspension', 'refuse_suspension', 'resume',
   'supervise', 'answer_supervision', 'call_whistle', 'approve_whistle', 'decline_whistle',
   'arrive', 'end_whistle', 'rate_whistle', 'ask_appeal', 'endorse_appeal', 'grant_appeal',
   'refuse_appeal', 'assign_sub_task', 'sign_sub_task', 'finish_sub_task', 'waive_sub_task',
   'decide_owner', 'absorb', 'recalendar', 'relocate'));
GRANT UPDATE (grid_code, grid_version) ON cases TO onegrid_app;

-- What a search reads stands beside its case, with the grid that says who sees it.
CREATE FUNCTION onegrid.words_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE case_words SET grid_code = NEW.grid_code
    WHERE county_code = NEW.county_code AND case_id = NEW.case_id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION onegrid.words_follow_case IS 'Keeps the grid of a case''s words that of the case.';
CREATE TRIGGER words_follow AFTER UPDATE OF grid_code ON cases
  FOR EACH ROW WHEN (OLD.grid_code <> NEW.grid_code) EXECUTE FUNCTION onegrid.words_follow_case();
