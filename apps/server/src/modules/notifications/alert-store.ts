import type { AlertKind } from "@onegrid/contract";
import { sql } from "kysely";
import { ALERT_CHANNEL } from "../../platform/changes.ts";
import type { Db, Trx } from "../../platform/database.ts";
import { derivedId } from "./derived-id.ts";

/** Whom an alert concerns; an account that meets any of them has it once. */
export type Audience = {
  /** The street and the county centre over this grid: their duty officers. */
  dispatchersOf: string | null;
  /** Accounts of these departments. */
  units: readonly string[];
  /** Accounts that serve exactly this grid. */
  holderGrid: string | null;
};

export type RaisedAlert = {
  kind: AlertKind;
  caseId: string;
  /** What raised it, e.g. an event's id: raised again, it changes nothing. */
  key: string;
  params: Record<string, string | number>;
  raisedAt: Date;
  audience: Audience;
  /** Whoever did it knows already. */
  except: string | null;
};

/** Enters an alert for each account it concerns; answers the accounts that had it not yet. */
export const raiseAlert = async (
  trx: Trx,
  countyCode: string,
  { kind, caseId, key, params, raisedAt, audience, except }: RaisedAlert,
): Promise<string[]> => {
  const { dispatchersOf, units, holderGrid } = audience;
  const { rows } = await sql<{ account_id: string }>`
    INSERT INTO staff_alert (county_code, account_id, alert_id, kind, case_id, params, raised_at)
    SELECT a.county_code, a.account_id, ${derivedId("alert", key, kind)}::uuid, ${kind},
      ${caseId}::uuid, ${JSON.stringify(params)}::jsonb, ${raisedAt}::timestamptz
    FROM account a
    WHERE a.county_code = ${countyCode} AND a.disabled_at IS NULL AND a.kind = 'person'
      AND a.account_id IS DISTINCT FROM ${except}::uuid
      AND ((a.role IN ('street', 'county_centre')
          AND starts_with(${dispatchersOf}::text, a.scope_code))
        OR (a.role = 'department' AND a.unit_code = ANY (${[...units]}::text[]))
        OR (a.role IN ('worker', 'head', 'street', 'county_centre')
          AND a.scope_code = ${holderGrid}::text))
    ON CONFLICT DO NOTHING RETURNING account_id`.execute(trx);
  return rows.map((row) => row.account_id);
};

/** PostgreSQL refuses payloads of 8,000 bytes; an id takes 39. */
const ACCOUNTS_A_PAYLOAD = 150;

/** Rings the bells, after the commit. Lost with the process, the bell shows it at the next look. */
export const ringBells = async (
  db: Db,
  countyCode: string,
  alert: Pick<RaisedAlert, "kind" | "caseId">,
  accountIds: readonly string[],
): Promise<void> => {
  for (let at = 0; at < accountIds.length; at += ACCOUNTS_A_PAYLOAD) {
    const ids = accountIds.slice(at, at + ACCOUNTS_A_PAYLOAD);
    const payload = JSON.stringify([countyCode, alert.kind, alert.caseId, ids]);
    await sql`SELECT pg_notify(${ALERT_CHANNEL}, ${payload})`.execute(db);
  }
};
