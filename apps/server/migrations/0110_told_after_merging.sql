-- 合并: whoever follows a duplicate hears of the case that goes on instead. A letter then tells of
-- steps of that case; NULL: of the follower's own.
ALTER TABLE message_delivery ADD COLUMN case_id uuid,
  ADD FOREIGN KEY (county_code, case_id) REFERENCES cases;
CREATE INDEX message_delivery_by_case ON message_delivery (county_code, case_id)
  WHERE case_id IS NOT NULL;

-- As in migration 0030, and also for a case that has taken others in. Whose they were is for the job
-- to find: whoever acts here may not have the duplicates in sight.
CREATE OR REPLACE FUNCTION onegrid.tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  watched boolean;
BEGIN
  SELECT EXISTS (SELECT FROM webhook w WHERE w.county_code = onegrid.county() AND w.active)
    INTO watched;
  PERFORM graphile_worker.add_job('notifications.tell',
    json_build_object('countyCode', t.county_code, 'caseId', t.case_id,
      'fromSeq', t.from_seq, 'toSeq', t.to_seq),
    job_key => 'tell:' || t.first_id, priority => CASE WHEN t.alerting THEN -10 ELSE 0 END)
  FROM (
    SELECT e.county_code, e.case_id, min(e.seq) AS from_seq, max(e.seq) AS to_seq,
      (array_agg(e.event_id ORDER BY e.seq))[1] AS first_id,
      bool_or(e.kind IN ('supervise', 'call_whistle', 'approve_whistle', 'reopen')
        OR (e.kind = 'report' AND (e.data ->> 'emergency')::boolean)) AS alerting
    FROM fresh e GROUP BY e.county_code, e.case_id
  ) t
  WHERE watched OR t.alerting
    OR (t.from_seq > 1 AND (
      EXISTS (SELECT FROM case_follower f
        WHERE f.county_code = t.county_code AND f.case_id = t.case_id AND f.channel <> 'page')
      OR EXISTS (SELECT FROM cases c
        WHERE c.county_code = t.county_code AND c.case_id = t.case_id AND c.side ? 'absorbed')));
  RETURN NULL;
END $$;
