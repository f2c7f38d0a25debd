import type { CaseFilters, CaseState } from "@onegrid/contract";
import {
  ENDED_STATES,
  isEnded,
  levelOf,
  waitsFor,
  type Actor,
  type LevelLengths,
  type Waiting,
} from "@onegrid/domain";
import { isTileAddress, tileKeyRange } from "@onegrid/geo";
import { sql, type RawBuilder } from "kysely";
import { dayEnd, dayStart } from "./county-days.ts";

export type Condition = RawBuilder<unknown>;

/** Word for word the predicate of the partial indexes of migration 0010, so that they are used. */
export const OPEN = sql.raw<unknown>(
  `c.state NOT IN (${ENDED_STATES.map((state) => `'${state}'`).join(", ")})`,
);

/**
 * Open, or ended with a side matter that somebody has to answer: word for word the predicate of the
 * indexes of migration 0090.
 */
const WAITING: Condition = sql`(${OPEN} OR c.awaits <> '{}')`;

/** The order of work, as migration 0012 indexes it: what has no deadline comes last. */
export const DUE = sql.raw<unknown>(
  "(CASE WHEN c.due_at IS NULL THEN 'infinity'::timestamptz ELSE c.due_at END)",
);

/** What a filter may depend on beside itself. */
export type FilterContext = {
  actor: Actor;
  lengths: LevelLengths;
  timeZone: string;
  now: Date;
};

const oneOf = (column: "state" | "tier" | "net", values: readonly string[]): Condition =>
  values.length === 1
    ? sql`${sql.ref(`c.${column}`)} = ${values[0]}`
    : sql`${sql.ref(`c.${column}`)} = ANY (${values}::text[])`;

/**
 * A subtree of grids. Each level has a column of its own, equal for the whole subtree, so that an
 * index gives the list in its order; what is no level of the county is a range, in which every
 * code's characters sort before '~'.
 */
export const inSubtree = (prefix: string, lengths: LevelLengths): Condition => {
  switch (levelOf(prefix, lengths)) {
    case 1:
      return sql`c.level1_code = ${prefix}`;
    case 2:
      return sql`c.level2_code = ${prefix}`;
    case 3:
      return sql`c.grid_code = ${prefix}`;
    default:
      return sql`c.grid_code >= ${prefix} AND c.grid_code < ${`${prefix}~`}`;
  }
};

/**
 * Cases of a department: those it holds, and of the ended ones, which nobody holds, those it was
 * the last to hold.
 */
const heldBy = (unitCode: string, open: boolean | undefined): Condition =>
  open === true
    ? sql`(c.tier = 'department' AND c.holder_code = ${unitCode})`
    : sql`(c.tier = 'department' AND (c.holder_code = ${unitCode} OR (c.holder_code IS NULL
        AND c.involved_units[cardinality(c.involved_units)] = ${unitCode})))`;

/** What waits for somebody because of its state is open; a side matter may wait on a closed case. */
const waiting = ({ states, awaits, tiers, unitCode, notDisposedBy }: Waiting): Condition => {
  const parts =
    awaits === null
      ? [OPEN, oneOf("state", states)]
      : [sql`c.awaits <> '{}' AND c.awaits @> ARRAY[${awaits}]::text[]`];
  if (tiers !== null) parts.push(oneOf("tier", tiers));
  if (unitCode !== null) parts.push(sql`c.holder_code = ${unitCode}`);
  if (notDisposedBy !== null) {
    parts.push(sql`c.disposed_by IS DISTINCT FROM ${notDisposedBy}::uuid`);
  }
  return sql`(${sql.join(parts, sql` AND `)})`;
};

/**
 * What waits for the actor. `IS TRUE` keeps the planner from trying each reason with each index:
 * they only filter what the index of waiting cases gives in its order.
 */
const mine = ({ actor, lengths }: FilterContext): Condition[] => {
  const reasons = waitsFor(actor, lengths);
  if (reasons.length === 0) return [sql`false`];
  return [WAITING, sql`(${sql.join(reasons.map(waiting), sql` OR `)}) IS TRUE`];
};

/** Cases inside a square of the map; a square that is not there holds none. */
const insideTile = (tile: string): Condition => {
  const [z, x, y] = tile.split("/").map(Number) as [number, number, number];
  if (!isTileAddress(z, x, y)) return sql`false`;
  const { from, until } = tileKeyRange(z, x, y);
  return sql`c.tile_key >= ${from}::bigint AND c.tile_key < ${until}::bigint`;
};

type Bound = "dueFrom" | "dueTo" | "reportedFrom" | "reportedTo" | "closedFrom" | "closedTo";
const BOUNDS: Record<Bound, Condition> = {
  dueFrom: DUE,
  dueTo: DUE,
  reportedFrom: sql.raw("c.reported_at"),
  reportedTo: sql.raw("c.reported_at"),
  closedFrom: sql.raw("c.closed_at"),
  closedTo: sql.raw("c.closed_at"),
};

/** Nothing is due or closed before it was reported: told to the planner, it can start there. */
const IMPLIES_REPORTED: readonly Bound[] = ["dueTo", "closedTo"];

const days = (filters: CaseFilters, timeZone: string): Condition[] =>
  (Object.keys(BOUNDS) as Bound[]).flatMap((bound) => {
    const day = filters[bound];
    if (day === undefined) return [];
    const column = BOUNDS[bound];
    if (bound.endsWith("From")) return sql`${column} >= ${dayStart(day, timeZone)}::timestamptz`;
    const end = dayEnd(day, timeZone);
    const before = sql`${column} < ${end}::timestamptz`;
    return IMPLIES_REPORTED.includes(bound)
      ? [before, sql`c.reported_at < ${end}::timestamptz`]
      : before;
  });

const flags = (filters: CaseFilters, now: Date): Condition[] => {
  const { open, overdue, disposed, disposedOnTime } = filters;
  const out: Condition[] = [];
  if (open === true) out.push(OPEN);
  if (open === false) out.push(sql`NOT (${OPEN})`);
  const late = sql`c.disposed_at IS NULL AND ${DUE} < ${now}::timestamptz`;
  if (overdue === true) out.push(OPEN, late);
  if (overdue === false) out.push(sql`NOT (${OPEN} AND ${late})`);
  if (disposed !== undefined) out.push(sql`(c.disposed_at IS NOT NULL) = ${disposed}`);
  if (disposedOnTime === true) out.push(sql`c.disposed_at <= c.due_at`);
  if (disposedOnTime === false) out.push(sql`c.disposed_at > c.due_at`);
  return out;
};

const isOpenState = (state: CaseState) => !isEnded(state);

/** Word for word the predicate of the partial index of migration 0061. */
const OPEN_WHISTLE = sql.raw<unknown>(
  `c.side @? '$.whistles[*] ? (@.state == "called" || @.state == "approved")'`,
);

/** What a duty officer looks for: emergencies, supervision, whistles, suspensions that end. */
const onDuty = (filters: CaseFilters, { now, timeZone }: FilterContext): Condition[] => {
  const { emergency, supervised, whistle, resumesTo } = filters;
  const out: Condition[] = [];
  if (emergency !== undefined) out.push(emergency ? sql`c.emergency` : sql`NOT c.emergency`);
  if (supervised !== undefined) {
    out.push(supervised ? sql`c.supervision_level IS NOT NULL` : sql`c.supervision_level IS NULL`);
  }
  if (whistle !== undefined) out.push(whistle ? OPEN_WHISTLE : sql`NOT (${OPEN_WHISTLE})`);
  if (resumesTo !== undefined) {
    out.push(sql`c.suspended_until >= ${now}::timestamptz`);
    out.push(sql`c.suspended_until < ${dayEnd(resumesTo, timeZone)}::timestamptz`);
  }
  return out;
};

/** Everything a list's filters say, except the words of `q`; joined by AND. */
export const filterConditions = (filters: CaseFilters, context: FilterContext): Condition[] => {
  const out: Condition[] = [];
  const { state, tier, net, category, grid, unit } = filters;
  if (state !== undefined) {
    if (state.length > 0 && state.every(isOpenState)) out.push(OPEN);
    out.push(oneOf("state", state));
  }
  if (tier !== undefined) out.push(oneOf("tier", tier));
  if (net !== undefined) out.push(oneOf("net", net));
  if (category !== undefined) out.push(sql`c.category_code = ${category}`);
  if (grid !== undefined) out.push(inSubtree(grid, context.lengths));
  if (unit !== undefined) out.push(heldBy(unit, filters.open));
  if (filters.tile !== undefined) out.push(insideTile(filters.tile));
  if (filters.mine === true) out.push(...mine(context));
  out.push(...onDuty(filters, context));
  out.push(...flags(filters, context.now), ...days(filters, context.timeZone));
  return out;
};
