import { CASE_CLOCK, clocksOf, isEnded, type Case, type CaseEvent } from "@onegrid/domain";
import { systemActor, type CountyContext } from "../../platform/context.ts";
import { inScope, type Db, type Trx } from "../../platform/database.ts";
import type { Tasks } from "../../platform/jobs.ts";
import { forgetCalendar } from "../calendar/index.ts";
import { readCounties } from "../county/index.ts";
import { appendToCase } from "./append-events.ts";
import { publishCases } from "./case-feed.ts";
import { eventOfRow } from "./case-row.ts";
import { lockCase, readLogFor } from "./case-store.ts";
import { countyRules, type CountyRules } from "./county-rules.ts";

/** A case on the county's present calendar, or null when it is there already or has ended. */
const moveOne = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  rules: CountyRules,
  now: Date,
): Promise<Case | null> => {
  const before = await lockCase(trx, countyCode, caseId);
  if (before === undefined || isEnded(before.state) || before.dueAt === null) return null;
  const { calendar, calendarVersion } = rules.present;
  if (before.calendarVersion === calendarVersion) return null;
  const { rows } = await readLogFor(trx, countyCode, caseId, null);
  const log: CaseEvent[] = rows.map(eventOfRow);
  const clock = clocksOf(log).get(CASE_CLOCK);
  const category = rules.category(before.categoryCode);
  if (clock === undefined || category === undefined) return null;
  // By the rules it was filed under, on the new calendar.
  const counting = { ...(await rules.countingOf(before)), calendar, calendarVersion };
  const due = rules.context(category, now, { log, counting }).dueOf(clock);
  const last = rows.at(-1)?.occurred_at ?? before.reportedAt;
  return appendToCase(
    trx,
    countyCode,
    { before, rows, counting },
    [{ kind: "recalendar", data: { calendarVersion, due }, by: "system" }],
    {
      actor: systemActor(countyCode),
      occurredAt: now < last ? last : now,
      rules,
      command: null,
    },
  );
};

/**
 * Moves the deadlines of cases to the county's present calendar, each in a transaction of its own.
 * A case that is there already is left alone, so a run that was killed is simply run again.
 */
export const recalendarCases = async (
  db: Db,
  county: CountyContext,
  caseIds: readonly string[],
  now: Date,
): Promise<number> => {
  const { countyCode } = county;
  // The edit that queued this may have been made a moment ago in another process.
  forgetCalendar(db, countyCode);
  const rules = await countyRules({ db, county });
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  let moved = 0;
  for (const caseId of caseIds) {
    const after = await inScope(db, scope, (trx) => moveOne(trx, countyCode, caseId, rules, now));
    if (after === null) continue;
    publishCases(db, countyCode, [after], "recalendar");
    moved += 1;
  }
  return moved;
};

export const recalendarTasks = {
  "cases.recalendar": async ({ database, clock }, { countyCode, caseIds }) => {
    const county = (await readCounties(database.db)).find((one) => one.countyCode === countyCode);
    if (county === undefined) return;
    await recalendarCases(database.db, county, caseIds, clock.now());
  },
} satisfies Tasks;
