-- A desk takes down the contact of somebody who phones or comes to the counter: what they agreed to is
-- kept as 'spoken', beside the versions of the text that residents agree to. The function is that of
-- migration 0049 with the version of each contact.
COMMENT ON COLUMN reporter_contact.consent_version IS
  'version of the text that was agreed to, or spoken: agreed to on the phone or at the counter';
CREATE OR REPLACE FUNCTION onegrid.report_cases(
  p_county text, p_cases json, p_events json, p_tallies json, p_photos json, p_contacts json
) RETURNS TABLE (
  out_case_id uuid, out_case_number bigint, fresh boolean, stored_hash bytea, stored_receipt text
) LANGUAGE plpgsql AS $$
DECLARE
  fresh_ids uuid[];
  fresh_numbers bigint[];
  expected integer;
  named integer;
BEGIN
  PERFORM set_config('onegrid.county', p_county, true),
          set_config('onegrid.scope', p_county, true),
          set_config('onegrid.unit', '', true);

  WITH taken AS (
    INSERT INTO cases (county_code, case_id, state, tier, holder_code, involved_units, grid_code,
      grid_version, lng, lat, accuracy_m, tile_key, address, description, category_code,
      category_version, net, emergency, source, component_code, reporter_account_id, report_hash, receipt_code,
      attachment_ids, reported_at, filed_at, limit_amount, limit_unit, due_at, amber_at,
      calendar_version, rules_version, disposed_at, disposed_by, closed_at, version, sample)
    SELECT p_county, r.case_id, r.state, r.tier, r.holder_code, r.involved_units, r.grid_code,
      r.grid_version, r.lng, r.lat, r.accuracy_m, r.tile_key, r.address, r.description,
      r.category_code, r.category_version, r.net, r.emergency, r.source, r.component_code,
      r.reporter_account_id,
      r.report_hash, r.receipt_code, r.attachment_ids, r.reported_at, r.filed_at, r.limit_amount,
      r.limit_unit, r.due_at, r.amber_at, r.calendar_version, r.rules_version, r.disposed_at,
      r.disposed_by, r.closed_at, r.version, r.sample
    FROM json_to_recordset(p_cases) AS r(case_id uuid, state text, tier text, holder_code text,
      involved_units text[], grid_code text, grid_version integer, lng double precision,
      lat double precision, accuracy_m double precision, tile_key bigint, address text,
      description text, category_code text, category_version integer, net text, emergency boolean,
      source text, component_code text, reporter_account_id uuid, report_hash bytea, receipt_code text,
      attachment_ids uuid[], reported_at timestamptz, filed_at timestamptz,
      limit_amount double precision, limit_unit text, due_at timestamptz, amber_at timestamptz,
      calendar_version integer, rules_version integer, disposed_at timestamptz, disposed_by uuid, closed_at timestamptz, version integer, sample boolean)
    ON CONFLICT (county_code, case_id) DO NOTHING
    RETURNING case_id, case_number
  ), marked AS (
    INSERT INTO case_milestone (county_code, case_id, clock_key, key, round, reached_at, fire_at)
    SELECT p_county, m.case_id, m.next_clock, m.next_key, m.next_round, m.next_reached_at,
      m.next_fire_at
    FROM json_to_recordset(p_cases) AS m(case_id uuid, next_clock text, next_key text,
      next_round integer, next_reached_at timestamptz, next_fire_at timestamptz)
    JOIN taken ON taken.case_id = m.case_id
    WHERE m.next_clock IS NOT NULL
  ), logged AS (
    INSERT INTO case_event (county_code, case_id, seq, event_id, kind, occurred_at, actor_role,
      actor_account_id, data)
    SELECT p_county, e.case_id, e.seq, e.event_id, e.kind, e.occurred_at, e.actor_role,
      e.actor_account_id, e.data
    FROM json_to_recordset(p_events) AS e(case_id uuid, seq integer, event_id uuid, kind text,
      occurred_at timestamptz, actor_role text, actor_account_id uuid, data jsonb)
    JOIN taken ON taken.case_id = e.case_id
  ), counted AS (
    INSERT INTO case_tally (county_code, day, grid_code, category_code, net, tier, unit_code,
      reported, opened, due, disposed, disposed_on_time, closed)
    SELECT p_county, t.day, t.grid_code, t.category_code, t.net, t.tier, t.unit_code,
      sum(t.reported), sum(t.opened), sum(t.due), sum(t.disposed), sum(t.disposed_on_time),
      sum(t.closed)
    FROM json_to_recordset(p_tallies) AS t(case_id uuid, day date, grid_code text,
      category_code text, net text, tier text, unit_code text, reported integer, opened integer,
      due integer, disposed integer, disposed_on_time integer, closed integer)
    JOIN taken ON taken.case_id = t.case_id
    GROUP BY t.day, t.grid_code, t.category_code, t.net, t.tier, t.unit_code
  )
  SELECT coalesce(array_agg(taken.case_id), '{}'), coalesce(array_agg(taken.case_number), '{}')
    INTO fresh_ids, fresh_numbers FROM taken;

  IF p_photos IS NOT NULL THEN
    SELECT count(*) INTO expected
      FROM json_to_recordset(p_photos) AS p(case_id uuid, attachment_id uuid)
      WHERE p.case_id = ANY (fresh_ids);
    UPDATE attachment a SET case_id = p.case_id
      FROM json_to_recordset(p_photos) AS p(case_id uuid, attachment_id uuid)
      WHERE a.county_code = p_county AND a.attachment_id = p.attachment_id
        AND a.case_id IS NULL AND p.case_id = ANY (fresh_ids);
    GET DIAGNOSTICS named = ROW_COUNT;
    IF named <> expected THEN
      RAISE EXCEPTION 'a photo is unknown or belongs to another case'
        USING ERRCODE = '23503', CONSTRAINT = 'case_photo_unnamed';
    END IF;
  END IF;
  IF p_contacts IS NOT NULL THEN
    INSERT INTO reporter_contact (county_code, case_id, key_id, ciphertext, delete_after,
        consent_version)
      SELECT p_county, p.case_id, p.key_id, p.ciphertext, p.delete_after, p.consent_version
      FROM json_to_recordset(p_contacts) AS p(case_id uuid, key_id text, ciphertext bytea,
        delete_after date, consent_version text)
      WHERE p.case_id = ANY (fresh_ids);
  END IF;

  RETURN QUERY SELECT u.id, u.n, true, NULL::bytea, NULL::text
    FROM unnest(fresh_ids, fresh_numbers) AS u(id, n);
  -- A statement of its own: it sees what another call committed while this one waited for it.
  IF cardinality(fresh_ids) < json_array_length(p_cases) THEN
    RETURN QUERY SELECT c.case_id, c.case_number, false, c.report_hash, c.receipt_code
      FROM json_to_recordset(p_cases) AS r(case_id uuid)
      JOIN cases c ON c.county_code = p_county AND c.case_id = r.case_id
      WHERE r.case_id <> ALL (fresh_ids);
  END IF;
END
$$;
