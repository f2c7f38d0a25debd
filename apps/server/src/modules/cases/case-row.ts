import type {
  CaseSource,
  CaseState,
  LimitUnit,
  Net,
  SupervisionLevel,
  Tier,
} from "@onegrid/contract";
import { EMPTY_SIDE, type Case, type CaseEvent, type Side } from "@onegrid/domain";
import { tileKey } from "@onegrid/geo";
import { sql, type Selectable } from "kysely";
import type { Cases, CaseEvent as CaseEventTable } from "../../platform/schema.gen.ts";

/** Columns of the `cases` row that the log decides: everything a case is folded to. */
export const CASE_COLUMNS = [
  "case_id",
  "state",
  "tier",
  "holder_code",
  "involved_units",
  "grid_code",
  "grid_version",
  "lng",
  "lat",
  "accuracy_m",
  "address",
  "description",
  "category_code",
  "category_version",
  "net",
  "emergency",
  "source",
  "reporter_account_id",
  "component_code",
  "attachment_ids",
  "reported_at",
  "filed_at",
  "limit_amount",
  "limit_unit",
  "due_at",
  "amber_at",
  "calendar_version",
  "rules_version",
  "suspended_until",
  "supervision_level",
  "extensions",
  "returns",
  "reworks",
  "merged_into",
  "overdue_exempt",
  "awaits",
  "side",
  "disposed_at",
  "disposed_by",
  "closed_at",
  "version",
] as const satisfies (keyof Cases)[];

export type CaseRow = Pick<Selectable<Cases>, (typeof CASE_COLUMNS)[number]>;

/** The columns with a table's alias before them, for hand-written SQL. */
export const caseColumns = (alias: string) =>
  sql.join(CASE_COLUMNS.map((column) => sql.ref(`${alias}.${column}`)));

/** jsonb → side matters; what is not there is empty. Only this module writes the column. */
const sideOfRow = (side: CaseRow["side"]): Side => ({ ...EMPTY_SIDE, ...(side as Partial<Side>) });

const isNothing = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

/** Side matters → jsonb, without what is empty: most cases have none. */
const rowOfSide = (side: Side): Partial<Side> =>
  Object.fromEntries(Object.entries(side).filter(([, value]) => !isNothing(value)));

/** Row → domain value. The unions are what the table's CHECK constraints allow. */
export const caseOfRow = (row: CaseRow): Case => ({
  caseId: row.case_id,
  state: row.state as CaseState,
  tier: row.tier as Tier,
  holderCode: row.holder_code,
  involvedUnits: row.involved_units,
  gridCode: row.grid_code,
  gridVersion: row.grid_version,
  lng: row.lng,
  lat: row.lat,
  accuracyM: row.accuracy_m,
  address: row.address,
  description: row.description,
  categoryCode: row.category_code,
  categoryVersion: row.category_version,
  net: row.net as Net,
  emergency: row.emergency,
  source: row.source as CaseSource,
  reporterAccountId: row.reporter_account_id,
  componentCode: row.component_code,
  attachmentIds: row.attachment_ids,
  reportedAt: row.reported_at,
  filedAt: row.filed_at,
  limit:
    row.limit_amount === null
      ? null
      : { amount: row.limit_amount, unit: row.limit_unit as LimitUnit },
  dueAt: row.due_at,
  amberAt: row.amber_at,
  calendarVersion: row.calendar_version,
  rulesVersion: row.rules_version,
  suspendedUntil: row.suspended_until,
  supervisionLevel: row.supervision_level as SupervisionLevel | null,
  extensions: row.extensions,
  returns: row.returns,
  reworks: row.reworks,
  mergedInto: row.merged_into,
  overdueExempt: row.overdue_exempt,
  awaits: row.awaits,
  side: sideOfRow(row.side),
  disposedAt: row.disposed_at,
  disposedBy: row.disposed_by,
  closedAt: row.closed_at,
  version: row.version,
});

/** Domain value → row, as JSON with the columns' names. */
export const rowOfCase = (c: Case) => ({
  case_id: c.caseId,
  state: c.state,
  tier: c.tier,
  holder_code: c.holderCode,
  involved_units: c.involvedUnits,
  grid_code: c.gridCode,
  grid_version: c.gridVersion,
  lng: c.lng,
  lat: c.lat,
  accuracy_m: c.accuracyM,
  tile_key: c.lng === null || c.lat === null ? null : tileKey(c.lng, c.lat),
  address: c.address,
  description: c.description,
  category_code: c.categoryCode,
  category_version: c.categoryVersion,
  net: c.net,
  emergency: c.emergency,
  source: c.source,
  reporter_account_id: c.reporterAccountId,
  component_code: c.componentCode,
  attachment_ids: c.attachmentIds,
  reported_at: c.reportedAt,
  filed_at: c.filedAt,
  limit_amount: c.limit?.amount ?? null,
  limit_unit: c.limit?.unit ?? null,
  due_at: c.dueAt,
  amber_at: c.amberAt,
  calendar_version: c.calendarVersion,
  rules_version: c.rulesVersion,
  suspended_until: c.suspendedUntil,
  supervision_level: c.supervisionLevel,
  extensions: c.extensions,
  returns: c.returns,
  reworks: c.reworks,
  merged_into: c.mergedInto,
  overdue_exempt: c.overdueExempt,
  awaits: c.awaits,
  side: rowOfSide(c.side),
  disposed_at: c.disposedAt,
  disposed_by: c.disposedBy,
  closed_at: c.closedAt,
  version: c.version,
});

export type EventRow = Pick<
  Selectable<CaseEventTable>,
  "case_id" | "seq" | "kind" | "occurred_at" | "actor_role" | "actor_account_id" | "data"
>;

/** Log row → domain event. `data` has the shape that `decide` wrote for its kind. */
export const eventOfRow = (row: EventRow): CaseEvent =>
  ({
    caseId: row.case_id,
    seq: row.seq,
    kind: row.kind,
    occurredAt: row.occurred_at,
    actorRole: row.actor_role,
    actorAccountId: row.actor_account_id,
    data: row.data,
  }) as CaseEvent;
