/** Whether the database holds once, and only once, what clients were told and what jobs had to do. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PHOTO_SIZES } from "@onegrid/contract";
import { photoKey } from "../apps/server/src/modules/attachments/photo-files.ts";
import { checkFolds } from "../apps/server/src/modules/cases/index.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { MINI } from "../apps/server/test/support/mini-county.ts";
import type { Ledger } from "./fault-clients.ts";
import type { FaultSite } from "./fault-site.ts";

export type Comparison = {
  /** Acknowledged and not there; of a photo also one of its files. */
  lost: number;
  /** There more than once: reports, signatures, or a rollup that counts a case twice. */
  doubled: number;
  /** Cases whose row is not the fold of their log. */
  unequal: number;
  /**
   * Emergencies whose bells rang for fewer than for the others, and jobs given up after an error. (A
   * scheduled job of a killed worker is set aside without one when the next of its kind takes its place.)
   */
  jobsLost: number;
  /** Bells that rang twice for one person and one thing, and cases that went up twice to one tier. */
  jobsDoubled: number;
  /** Deadlines, or shares of one, that were told of. */
  fired: number;
};

/** A deadline may wait so long for the schedule's next minute. */
const MINUTE = "interval '90 seconds'";

const DRAIN_MS = 240_000;

/** Jobs of reports that are still to be done, and deadlines that nobody was told of. */
const WAITING = `SELECT ((SELECT count(*) FROM graphile_worker.jobs
    WHERE task_identifier LIKE 'notifications.%' AND attempts < max_attempts)
  + (SELECT count(*) FROM case_milestone
    WHERE fired_at IS NULL AND fire_at < now() - ${MINUTE}))::int AS waiting`;

/** Resolves when every job is done or given up; throws when that takes too long. */
export const untilJobsDone = (ownerUrl: string): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    const until = performance.now() + DRAIN_MS;
    for (;;) {
      const { rows } = await client.query<{ waiting: number }>(WAITING);
      const waiting = rows[0]?.waiting ?? 0;
      if (waiting === 0) return;
      if (performance.now() > until)
        throw new Error(`${waiting} jobs or deadlines are still waiting`);
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
      + (SELECT count(*) FROM graphile_worker.jobs
          WHERE attempts >= max_attempts AND last_error IS NOT NULL))::int
      AS "jobsLost",
    ((SELECT coalesce(sum(rung - people), 0) FROM bells)
      + (SELECT count(*) FROM (SELECT FROM staff_alert
          GROUP BY account_id, case_id, kind, params HAVING count(*) > 1) alert)
      + (SELECT count(*) FROM (SELECT FROM case_event WHERE kind = 'escalate'
          GROUP BY case_id, data->>'tier' HAVING count(*) > 1) up))::int AS "jobsDoubled",
    (SELECT count(*) FROM case_milestone WHERE fired_at IS NOT NULL)::int AS fired`;

type Found = Omit<Comparison, "unequal">;

const isWhole = (path: string): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Acknowledged photos without their row, or without a file of each size. */
const photosLost = async (
  { ownerUrl, filesDir }: Pick<FaultSite, "ownerUrl" | "filesDir">,
  photos: ReadonlySet<string>,
): Promise<number> => {
  const rows = await withClient(ownerUrl, async (client) => {
    const found = await client.query<{ sha256: Buffer }>(
      "SELECT sha256 FROM attachment WHERE attachment_id = ANY ($1::uuid[])",
      [[...photos]],
    );
    return found.rows;
  });
  const whole = rows.filter(({ sha256 }) =>
    PHOTO_SIZES.every((size) => isWhole(join(filesDir, photoKey(MINI.county, sha256, size)))),
  );
  return photos.size - whole.length;
};

/** Compares the clients' ledger with the database, and each case with its log. */
export const compareLedger = async (
  site: Pick<FaultSite, "ownerUrl" | "appUrl" | "filesDir">,
  { reports, actions, emergencies, photos }: Ledger,
): Promise<Comparison> => {
  const found = await withClient(site.ownerUrl, async (client) => {
    const { rows } = await client.query<Found>(COMPARE, [
      [...reports, ...actions],
      [...emergencies],
    ]);
    if (rows[0] === undefined) throw new Error("the comparison has no row");
    return rows[0];
  });
  const database = openDatabase({ url: site.appUrl, maxConnections: 2 });
  try {
    const lost = found.lost + (await photosLost(site, photos));
    return { ...found, lost, unequal: (await checkFolds(database.db, MINI.county)).length };
  } finally {
    await database.close();
  }
};
