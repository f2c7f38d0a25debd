import type { CalendarYear, DayKind, FieldProblem, MovedDeadline } from "@onegrid/contract";
import { windowProblems, type WorkingWindow } from "@onegrid/domain";
import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { calendarCache } from "./calendar-cache.ts";
import { readYears } from "./calendar-queries.ts";
import { type StoredYear, unknownYear, yearView } from "./calendar-row.ts";
import { writeYear } from "./calendar-store.ts";
import { movedDeadlines } from "./moved-deadlines.ts";
import { daysInvalid, versionConflict, windowsInvalid } from "./problems.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Moves the deadlines of these cases to the county's present calendar; the cases module does. */
    "cases.recalendar": { countyCode: string; caseIds: string[] };
  }
}

export type CalendarEdit = {
  year: number;
  /** Version that was read; 0 for a year nobody has entered. */
  baseVersion: number;
  /** Only tell what would happen. */
  dryRun: boolean;
  days: { day: string; kind: DayKind; name: string | null }[];
  /** Those the year has stay without them. */
  windows?: WorkingWindow[] | undefined;
  /** The official notice is in; true once a holiday is named unless told. */
  confirmed?: boolean | undefined;
  /** Moves the deadlines of the open cases that the edit tells of. */
  moveCases: boolean;
  /** Which of the moved cases to show. */
  page: { offset: number; limit: number };
};

export type CalendarEdited = {
  calendar: CalendarYear;
  movedCases: number;
  examples: MovedDeadline[];
};

const checkWindows = ({ windows }: CalendarEdit): void => {
  const fields = windowProblems(windows ?? [], "/body/windows");
  if (fields.length > 0) throw new ProblemError(windowsInvalid(fields));
};

const checkDays = ({ year, days }: CalendarEdit): void => {
  const seen = new Set<string>();
  const fields: FieldProblem[] = [];
  for (const [index, { day }] of days.entries()) {
    if (!day.startsWith(`${year}-`) || seen.has(day)) {
      fields.push({
        field: `/body/days/${index}/day`,
        code: seen.has(day) ? "calendar.day_twice" : "calendar.day_outside_year",
        allowed: `a day of ${year}, once`,
      });
    }
    seen.add(day);
  }
  if (fields.length > 0) throw new ProblemError(daysInvalid(year, fields));
};

/**
 * Sets the special days and the hours of a year, all at once, and tells which open cases count
 * differently then, old deadline and new. Unless told, a year with at least one holiday is taken as
 * entered from the official notice, and cases keep the deadline frozen at filing; with `moveCases`
 * a job moves exactly those told of, each by an event of the system.
 * Throws `calendar.version_conflict`, `calendar.day_outside_year`, `calendar.windows_invalid`.
 */
export const editCalendar = async (ctx: StaffCtx, edit: CalendarEdit): Promise<CalendarEdited> => {
  checkDays(edit);
  checkWindows(edit);
  const { countyCode } = ctx.county;
  const edited = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const years = await readYears(trx, countyCode);
    const before = years.find(({ year }) => year === edit.year) ?? unknownYear(edit.year, years);
    if (before.version !== edit.baseVersion) {
      throw new ProblemError(versionConflict(edit.baseVersion, before.version));
    }
    const after: StoredYear = {
      ...before,
      version: before.version + 1,
      provisional: !(edit.confirmed ?? edit.days.some(({ kind }) => kind === "holiday")),
      windows: edit.windows ?? before.windows,
      days: edit.days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    };
    const all = await movedDeadlines(trx, ctx, years, before, after);
    const { offset, limit } = edit.page;
    const moved = { movedCases: all.length, examples: all.slice(offset, offset + limit) };
    if (edit.dryRun) {
      return { calendar: yearView({ ...after, version: before.version }), ...moved };
    }
    if (!(await writeYear(trx, countyCode, before.version, after))) {
      throw new ProblemError(versionConflict(edit.baseVersion, before.version + 1));
    }
    await announceChange(trx, "calendar", countyCode);
    const caseIds = edit.moveCases ? all.map(({ caseId }) => caseId) : [];
    if (caseIds.length > 0) await ctx.jobs.add(trx, "cases.recalendar", { countyCode, caseIds });
    await audit(trx, ctx, {
      action: "calendar.change",
      outcome: "done",
      subject: String(edit.year),
      detail: { version: after.version, days: after.days.length, deadlinesMoved: caseIds.length },
    });
    return { calendar: yearView(after), ...moved };
  });
  if (!edit.dryRun) calendarCache.forget(ctx.db, countyCode);
  return edited;
};
