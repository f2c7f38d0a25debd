import { ENDED_STATES, isEnded, type Case } from "@onegrid/domain";
import { sql } from "kysely";
import { systemActor, type CountyContext } from "../../platform/context.ts";
import type { Db, Trx } from "../../platform/database.ts";
import type { GridReference } from "../grids/index.ts";
import { appendToCase } from "./append-events.ts";
import { publishCases } from "./case-feed.ts";
import { lockCase, readLogFor } from "./case-store.ts";
import { countyRules } from "./county-rules.ts";

/** Where a case lies in the new grids: by its point, or by the grid it was in when it has none. */
export type LocateAgain = (lies: {
  lng: number | null;
  lat: number | null;
  gridCode: string;
}) => GridReference;

const openCasesIn = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    SELECT case_id FROM cases
    WHERE county_code = ${countyCode} AND grid_code = ANY (${gridCodes as string[]}::text[])
      AND state <> ALL (${[...ENDED_STATES]}::text[])
    ORDER BY case_id`.execute(trx);
  return rows.map((row) => row.case_id);
};

const moveOne = async (
  trx: Trx,
  county: CountyContext,
  caseId: string,
  rules: Awaited<ReturnType<typeof countyRules>>,
  locate: LocateAgain,
  now: Date,
): Promise<Case | null> => {
  const { countyCode } = county;
  const before = await lockCase(trx, countyCode, caseId);
  if (before === undefined || isEnded(before.state)) return null;
  const { gridCode, gridVersion } = locate(before);
  if (gridCode === before.gridCode && gridVersion === before.gridVersion) return null;
  const { rows } = await readLogFor(trx, countyCode, caseId, null);
  const last = rows.at(-1)?.occurred_at ?? before.reportedAt;
  return appendToCase(
    trx,
    countyCode,
    { before, rows, counting: await rules.countingOf(before) },
    [{ kind: "relocate", data: { gridCode, gridVersion }, by: "system" }],
    {
      actor: systemActor(countyCode),
      occurredAt: now < last ? last : now,
      rules,
      command: null,
    },
  );
};

/**
 * Moves the open cases of grids that were changed to where they lie now, in the transaction of the
 * change; each log says so. Those that have ended keep their grid. Doing it again moves only what
 * came in since. Call `tell` after the commit, so that open screens follow.
 */
export const relocateCases = async (
  trx: Trx,
  db: Db,
  county: CountyContext,
  { gridCodes, locate, now }: { gridCodes: readonly string[]; locate: LocateAgain; now: Date },
): Promise<{ moved: number; tell: () => void }> => {
  const rules = await countyRules({ db, county });
  const moved: Case[] = [];
  for (const caseId of await openCasesIn(trx, county.countyCode, gridCodes)) {
    const after = await moveOne(trx, county, caseId, rules, locate, now);
    if (after !== null) moved.push(after);
  }
  return {
    moved: moved.length,
    tell: () => publishCases(db, county.countyCode, moved, "relocate"),
  };
};
