import { sql } from "kysely";
import type { Db } from "./database.ts";

/*
 * The queue believes the clock. Put back after it was ahead, it leaves the schedule waiting until the
 * hour that was already written down comes round again, and jobs of that time with it: nobody would
 * be told of a deadline for so long.
 */

const LOOK_MS = 1_000;
/** What time servers mend in one step without anything having been wrong. */
const STEP_MS = 30_000;

/**
 * Calls `onBack` whenever the clock of the machine was put back by more than half a minute. Compared
 * with a clock that nobody can move. Answers how to stop.
 */
export const watchClock = (onBack: () => void, wallMs: () => number = Date.now): (() => void) => {
  const ahead = () => wallMs() - performance.now();
  let known = ahead();
  const timer = setInterval(() => {
    const now = ahead();
    if (now < known - STEP_MS) onBack();
    known = now;
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
};

/**
 * Lets go of what the queue knows from a time that is still to come: the schedule goes on from now, and
 * jobs that were to be done at once, or again, are due. What was put off to a moment of its own stays.
 * A minute is left to the clocks of two machines.
 */
export const forgetTheFuture = async (db: Db): Promise<void> => {
  await sql`UPDATE graphile_worker._private_known_crontabs
    SET known_since = least(known_since, now()), last_execution = least(last_execution, now())
    WHERE greatest(known_since, last_execution) > now() + interval '1 minute'`.execute(db);
  await sql`UPDATE graphile_worker._private_jobs
    SET run_at = now(), created_at = least(created_at, now()), updated_at = now()
    WHERE run_at > now() + interval '1 minute' AND locked_at IS NULL
      AND ((created_at > now() AND run_at <= created_at)
        OR (updated_at > now() AND attempts > 0))`.execute(db);
};
