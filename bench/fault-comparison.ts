/** Whether the database holds once, and only once, what clients were told and what jobs had to do. */
import { setTimeout as wait } from "node:timers/promises";
import { checkFolds } from "../apps/server/src/modules/cases/index.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { MINI } from "../apps/server/test/support/mini-county.ts";
import type { Ledger } from "./fault-clients.ts";
import type { FaultSite } from "./fault-site.ts";

export type Comparison = {
  /** Acknowledged and not there. */
  lost: number;
  /** There more than once: reports, signatures, or a rollup that counts a case twice. */
  doubled: number;
  /** Cases whose row is not the fold of their log. */
  unequal: number;
  /** Emergencies whose bells rang for fewer than for the others, and jobs given up. */
  jobsLost: number;
  /** Bells that rang twice for one person and one case. */
  jobsDoubled: number;
};

const DRAIN_MS = 240_000;

/** Jobs of reports that are still to be done; what only the clock starts does not count. */
const WAITING = `SELECT count(*)::int AS waiting FROM graphile_worker.jobs
  WHERE task_identifier LIKE 'notifications.%' AND attempts < max_attempts
    AND (run_at <= now() OR attempts > 0)`;

/** Resolves when every job is done or given up; throws when that takes too long. */
export const untilJobsDone = (ownerUrl: string): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    const until = performance.now() + DRAIN_MS;
    for (;;) {
      const { rows } = await client.query<{ waiting: number }>(WAITING);
      const waiting = rows[0]?.waiting ?? 0;
      if (waiting === 0) return;
      if (performance.now() > until) throw new Error(`${waiting} jobs are still waiting`);
      await wait(250);
    }
  });

const COMPARE = `
  WITH told AS (SELECT unnest($1::uuid[]) AS id),
    opened AS (SELECT case_id, count(*) AS n FROM case_event WHERE kind = 'report' GROUP BY case_id),
    signed AS (SELECT case_id, count(*) AS n FROM case_event WHERE kind = 'sign' GROUP BY case_id),
    bells AS (SELECT u.id, count(DISTINCT a.account_id)::int AS people, count(a.alert_id)::int AS rung
      FROM unnest($2::uuid[]) AS u(id)
      LEFT JOIN staff_alert a ON a.case_id = u.id AND a.kind = 'emergency' GROUP BY u.id)
  SELECT
    (SELECT count(*) FROM told
      WHERE NOT EXISTS (SELECT FROM case_event e WHERE e.event_id = told.id))::int AS lost,
    ((SELECT count(*) FROM opened WHERE n > 1) + (SELECT count(*) FROM signed WHERE n > 1)
      + abs((SELECT count(*) FROM cases) - (SELECT coalesce(sum(reported), 0) FROM case_tally))
    )::int AS doubled,
    ((SELECT count(*) FROM bells WHERE people < greatest(1, (SELECT max(people) FROM bells)))
      + (SELECT count(*) FROM graphile_worker.jobs WHERE attempts >= max_attempts))::int
      AS "jobsLost",
    (SELECT coalesce(sum(rung - people), 0) FROM bells)::int AS "jobsDoubled"`;

/** Compares the clients' ledger with the database, and each case with its log. */
export const compareLedger = async (
  site: Pick<FaultSite, "ownerUrl" | "appUrl">,
  { reports, actions, emergencies }: Ledger,
): Promise<Comparison> => {
  const found = await withClient(site.ownerUrl, async (client) => {
    const { rows } = await client.query<Omit<Comparison, "unequal">>(COMPARE, [
      [...reports, ...actions],
      [...emergencies],
    ]);
    if (rows[0] === undefined) throw new Error("the comparison has no row");
    return rows[0];
  });
  const database = openDatabase({ url: site.appUrl, maxConnections: 2 });
  try {
    return { ...found, unequal: (await checkFolds(database.db, MINI.county)).length };
  } finally {
    await database.close();
  }
};
