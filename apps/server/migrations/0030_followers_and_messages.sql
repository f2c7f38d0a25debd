-- Who follows a case and how they are told. The reporter's line has the case's own id; whoever met
-- the same thing 我也遇到 has a receipt of their own. The address is encrypted and goes when its
-- term ends or its owner says so; the line stays, so that the receipt still opens the page.
CREATE TABLE case_follower (
  county_code     text COLLATE "C" NOT NULL,
  follower_id     uuid NOT NULL,
  case_id         uuid NOT NULL,
  origin          text NOT NULL CHECK (origin IN ('reporter', 'joined')),
  -- Secret of who joined; the reporter's is the case's own.
  receipt_code    text COLLATE "C",
  channel         text NOT NULL CHECK (channel IN ('page', 'email', 'sms')),
  key_id          text,
  ciphertext      bytea,
  language        text CHECK (language IN ('zh-CN', 'en')),
  -- Version of the text that was agreed to, and when.
  consent_version text,
  consented_at    timestamptz,
  -- E-mail: when the owner of the address said yes. Before that one message asks, no more.
  confirmed_at    timestamptz,
  delete_after    date,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, follower_id),
  UNIQUE (county_code, receipt_code),
  FOREIGN KEY (county_code, case_id) REFERENCES cases,
  CHECK ((origin = 'reporter') = (receipt_code IS NULL)),
  CHECK ((channel = 'page') = (ciphertext IS NULL)),
  CHECK ((ciphertext IS NULL) = (key_id IS NULL) AND (ciphertext IS NULL) = (language IS NULL)
    AND (ciphertext IS NULL) = (delete_after IS NULL)
    AND (ciphertext IS NULL) = (consent_version IS NULL)
    AND (ciphertext IS NULL) = (consented_at IS NULL))
);
CREATE INDEX case_follower_by_case ON case_follower (county_code, case_id);
CREATE INDEX case_follower_by_term ON case_follower (county_code, delete_after)
  WHERE delete_after IS NOT NULL;

-- What was or will be sent: never the words or the address, only which follower and which steps.
CREATE TABLE message_delivery (
  county_code  text COLLATE "C" NOT NULL,
  -- Derived from follower, step and purpose: a job done twice finds its line again.
  delivery_id  uuid NOT NULL,
  follower_id  uuid NOT NULL,
  purpose      text NOT NULL CHECK (purpose IN ('greet', 'progress')),
  channel      text NOT NULL CHECK (channel IN ('email', 'sms')),
  -- Steps of the log that it tells of.
  from_seq     integer NOT NULL,
  to_seq       integer NOT NULL,
  state        text NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
  attempts     integer NOT NULL DEFAULT 0,
  last_error   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  sent_at      timestamptz,
  PRIMARY KEY (county_code, delivery_id),
  FOREIGN KEY (county_code, follower_id) REFERENCES case_follower
);
CREATE INDEX message_delivery_by_follower ON message_delivery (county_code, follower_id);

-- Other systems of the county that are told of each event.
CREATE TABLE webhook (
  county_code  text COLLATE "C" NOT NULL REFERENCES county,
  webhook_id   uuid NOT NULL,
  url          text NOT NULL,
  -- Encrypted; signs what is sent.
  key_id       text NOT NULL,
  secret       bytea NOT NULL,
  -- Empty: all kinds.
  event_kinds  text[] NOT NULL DEFAULT '{}',
  active       boolean NOT NULL DEFAULT true,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, webhook_id)
);
CREATE TABLE webhook_delivery (
  county_code  text COLLATE "C" NOT NULL,
  delivery_id  uuid NOT NULL,
  webhook_id   uuid NOT NULL,
  case_id      uuid NOT NULL,
  seq          integer NOT NULL,
  state        text NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
  attempts     integer NOT NULL DEFAULT 0,
  last_status  integer,
  last_error   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  PRIMARY KEY (county_code, delivery_id),
  FOREIGN KEY (county_code, webhook_id) REFERENCES webhook,
  FOREIGN KEY (county_code, case_id, seq) REFERENCES case_event
);
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (county_code, webhook_id, created_at DESC);
CREATE INDEX webhook_delivery_by_event ON webhook_delivery (county_code, case_id, seq);

-- 提醒: one line for each account that should see it.
CREATE TABLE staff_alert (
  county_code  text COLLATE "C" NOT NULL,
  account_id   uuid NOT NULL,
  -- Derived from the account and from what raised it.
  alert_id     uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN
    ('emergency', 'milestone', 'overdue', 'whistle', 'supervision', 'reopened')),
  case_id      uuid NOT NULL,
  params       jsonb NOT NULL DEFAULT '{}',
  raised_at    timestamptz NOT NULL,
  read_at      timestamptz,
  PRIMARY KEY (county_code, account_id, alert_id),
  FOREIGN KEY (county_code, account_id) REFERENCES account,
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
CREATE INDEX staff_alert_by_account ON staff_alert (county_code, account_id, raised_at DESC, alert_id DESC);
CREATE INDEX staff_alert_unread ON staff_alert (county_code, account_id) WHERE read_at IS NULL;
CREATE INDEX staff_alert_by_case ON staff_alert (county_code, case_id);

ALTER TABLE case_follower ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_visible_case ON case_follower USING (
  county_code = onegrid.county()
  AND EXISTS (SELECT FROM cases c
    WHERE c.county_code = case_follower.county_code AND c.case_id = case_follower.case_id)
) WITH CHECK (county_code = onegrid.county());
CREATE POLICY own_county ON message_delivery USING (county_code = onegrid.county());
CREATE POLICY own_county ON webhook USING (county_code = onegrid.county());
CREATE POLICY own_county ON webhook_delivery USING (county_code = onegrid.county());
CREATE POLICY own_county ON staff_alert USING (county_code = onegrid.county());
GRANT SELECT, INSERT ON case_follower, message_delivery, webhook, webhook_delivery, staff_alert
  TO onegrid_app;
GRANT UPDATE (channel, key_id, ciphertext, language, consent_version, consented_at, confirmed_at,
  delete_after) ON case_follower TO onegrid_app;
GRANT UPDATE (state, attempts, last_error, sent_at) ON message_delivery TO onegrid_app;
GRANT UPDATE (url, event_kinds, active) ON webhook TO onegrid_app;
GRANT UPDATE (state, attempts, last_status, last_error, delivered_at) ON webhook_delivery
  TO onegrid_app;
GRANT UPDATE (read_at) ON staff_alert TO onegrid_app;

-- Queues the telling in the transaction of what is told, whoever writes the event: one job for a
-- case and a statement, keyed by its first event. Nobody to tell, no job: an ordinary report costs
-- one look at the (few) webhooks a statement.
CREATE FUNCTION onegrid.tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
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
    OR (t.from_seq > 1 AND EXISTS (SELECT FROM case_follower f
      WHERE f.county_code = t.county_code AND f.case_id = t.case_id AND f.channel <> 'page'));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_of_events AFTER INSERT ON case_event
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION onegrid.tell_of_events();

-- A milestone that fires (migration 0020) has its staff alerted by a job of the same transaction;
-- the end of a suspension is no news to them.
CREATE FUNCTION onegrid.tell_of_milestones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('notifications.milestone',
    json_build_object('countyCode', n.county_code, 'caseId', n.case_id, 'clockKey', n.clock_key,
      'key', n.key, 'round', n.round),
    job_key => concat_ws(':', 'milestone', n.case_id, n.clock_key, n.key, n.round))
  FROM now_lines n JOIN old_lines o USING (county_code, case_id, clock_key, key, round)
  WHERE n.fired_at IS NOT NULL AND o.fired_at IS NULL AND n.key <> 'resume';
  RETURN NULL;
END $$;
CREATE TRIGGER tell_of_milestones AFTER UPDATE ON case_milestone
  REFERENCING OLD TABLE AS old_lines NEW TABLE AS now_lines
  FOR EACH STATEMENT EXECUTE FUNCTION onegrid.tell_of_milestones();

GRANT EXECUTE ON FUNCTION onegrid.tell_of_events, onegrid.tell_of_milestones TO onegrid_app;
