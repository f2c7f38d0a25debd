import { type CalendarYear, type DayKind, type FieldProblem } from "@onegrid/contract";
import {
  type CompiledCalendar,
  dueAt,
  isRefused,
  localDayOf,
  startOfDayMs,
  dayNumberOf,
} from "@onegrid/domain";
import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { calendarCache, compileYears } from "./calendar-cache.ts";
import { type OpenDeadline, readOpenDeadlines, readYears } from "./calendar-queries.ts";
import { type StoredYear, unknownYear, yearView } from "./calendar-row.ts";
import { writeYear } from "./calendar-store.ts";
import { daysInvalid, versionConflict } from "./problems.ts";

export type CalendarEdit = {
  year: number;
  /** Version that was read; 0 for a year nobody has entered. */
  baseVersion: number;
  /** Only tell what would happen. */
  dryRun: boolean;
  days: { day: string; kind: DayKind; name: string | null }[];
  /** How many of the moved cases to show. */
  exampleCount: number;
};

export type CalendarEdited = {
  calendar: CalendarYear;
  movedCases: number;
  examples: { number: string; dueAt: string; newDueAt: string }[];
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

/** Days whose kind differs between two versions of a year. */
const changedDays = (before: StoredYear, after: StoredYear): string[] => {
  const kinds = new Map<string, DayKind>(before.days.map(({ day, kind }) => [day, kind]));
  const changed = after.days.filter(({ day, kind }) => kinds.get(day) !== kind);
  const kept = new Set(after.days.map(({ day }) => day));
  const dropped = before.days.filter(({ day }) => !kept.has(day));
  return [...changed, ...dropped].map(({ day }) => day).toSorted();
};

const newDueAt = (calendar: CompiledCalendar, open: OpenDeadline): Date | null => {
  const due = dueAt(calendar, open.filedAt.getTime(), open.limit);
  return isRefused(due) || due.dueAtMs === null ? null : new Date(due.dueAtMs);
};

/** Number shown for a case: the day of its report and its running number. */
const shownNumber = ({ reportedAt, caseNumber }: OpenDeadline, timeZone: string): string =>
  `${localDayOf(reportedAt.getTime(), timeZone).replaceAll("-", "")}-${caseNumber.padStart(6, "0")}`;

/**
 * Open cases that an edit would move: those whose limit, counted from filing, runs out at another
 * moment on the new calendar than on the old one. What a case's own log says stays untouched.
 */
const movedCases = async (
  trx: Trx,
  ctx: StaffCtx,
  edit: CalendarEdit,
  years: readonly StoredYear[],
  before: StoredYear,
  after: StoredYear,
): Promise<Pick<CalendarEdited, "movedCases" | "examples">> => {
  const { countyCode, timeZone } = ctx.county;
  const changed = changedDays(before, after);
  const [first, last] = [changed[0], changed.at(-1)];
  if (first === undefined || last === undefined) return { movedCases: 0, examples: [] };
  const others = years.filter(({ year }) => year !== edit.year);
  const compiled = (one: StoredYear) =>
    compileYears(
      timeZone,
      [...others, one].toSorted((a, b) => a.year - b.year),
    );
  const oldCalendar = compiled(before);
  const newCalendar = compiled(after);
  const startOf = (day: string, plus: number) =>
    startOfDayMs((dayNumberOf(day) ?? 0) + plus, timeZone);
  const open = await readOpenDeadlines(trx, countyCode, startOf(first, -1), startOf(last, 2));
  const moved = open.flatMap((one) => {
    const old = newDueAt(oldCalendar, one);
    const next = newDueAt(newCalendar, one);
    if (old === null || next === null || old.getTime() === next.getTime()) return [];
    return [{ number: shownNumber(one, timeZone), dueAt: old, newDueAt: next }];
  });
  return {
    movedCases: moved.length,
    examples: moved.slice(0, edit.exampleCount).map((example) => ({
      number: example.number,
      dueAt: example.dueAt.toISOString(),
      newDueAt: example.newDueAt.toISOString(),
    })),
  };
};

/**
 * Sets the special days of a year, all at once, and says which open cases count differently then.
 * A year with at least one holiday is taken as entered from the official notice; without one it
 * stays provisional. Cases filed before keep the deadline frozen at filing.
 * Throws `calendar.version_conflict`, `calendar.day_outside_year`.
 */
export const editCalendar = async (ctx: StaffCtx, edit: CalendarEdit): Promise<CalendarEdited> => {
  checkDays(edit);
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
      provisional: !edit.days.some(({ kind }) => kind === "holiday"),
      days: edit.days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    };
    const moved = await movedCases(trx, ctx, edit, years, before, after);
    if (edit.dryRun) {
      return { calendar: yearView({ ...after, version: before.version }), ...moved };
    }
    if (!(await writeYear(trx, countyCode, before.version, after))) {
      throw new ProblemError(versionConflict(edit.baseVersion, before.version + 1));
    }
    await announceChange(trx, "calendar", countyCode);
    await audit(trx, ctx, {
      action: "calendar.change",
      outcome: "done",
      subject: String(edit.year),
      detail: { version: after.version, days: after.days.length, movedCases: moved.movedCases },
    });
    return { calendar: yearView(after), ...moved };
  });
  if (!edit.dryRun) calendarCache.forget(ctx.db, countyCode);
  return edited;
};
