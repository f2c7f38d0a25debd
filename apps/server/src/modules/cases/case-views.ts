import {
  SOFTWARE_RULES,
  type CaseEvent as CaseEventView,
  type CaseLight,
  type CaseListItem,
  type PublicCase,
  type SoftwareRule,
} from "@onegrid/contract";
import {
  applyEvent,
  disposedOnTime,
  isEnded,
  isSuspended,
  lightAt,
  type Case,
  type CaseEvent,
} from "@onegrid/domain";
import { caseNumber } from "./case-number.ts";
import type { NamedCaseRow } from "./case-queries.ts";
import { caseOfRow } from "./case-row.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type Named = Pick<
  NamedCaseRow,
  "case_number" | "sample" | "grid_name" | "category_name" | "holder_name"
>;

const common = (c: Case, names: Named, timeZone: string): PublicCase => ({
  caseId: c.caseId,
  number: caseNumber(c.reportedAt, names.case_number, timeZone),
  state: c.state,
  net: c.net,
  categoryCode: c.categoryCode,
  categoryName: names.category_name ?? c.categoryCode,
  gridCode: c.gridCode,
  gridName: names.grid_name ?? c.gridCode,
  holderName: names.holder_name,
  lng: c.lng,
  lat: c.lat,
  reportedAt: c.reportedAt.toISOString(),
  dueAt: iso(c.dueAt),
  closedAt: iso(c.closedAt),
  sample: names.sample,
});

/** Row → what everybody may see: the place and the problem, never a person or a photo. */
export const publicCaseView = (row: NamedCaseRow, timeZone: string): PublicCase =>
  common(caseOfRow(row), row, timeZone);

/** 灯 of a case: what is disposed of has kept its limit or not, for good. */
const lightOf = (c: Case, now: Date): CaseLight | null => {
  if (c.dueAt === null) return null;
  const onTime = disposedOnTime(c);
  if (onTime !== null) return onTime ? "green" : "red";
  if (isEnded(c.state)) return "green";
  const amberAtMs = c.amberAt?.getTime() ?? null;
  return lightAt(now.getTime(), { amberAtMs, dueAtMs: c.dueAt.getTime() }).colour;
};

/** Row → line of a list for staff, with its light at `now`. */
export const listItemView = (row: NamedCaseRow, timeZone: string, now: Date): CaseListItem => {
  const c = caseOfRow(row);
  return {
    ...common(c, row, timeZone),
    tier: c.tier,
    emergency: c.emergency,
    description: c.description,
    address: c.address,
    disposedAt: iso(c.disposedAt),
    disposedOnTime: disposedOnTime(c),
    overdueExempt: c.overdueExempt,
    light: lightOf(c, now),
    suspendedUntil: isSuspended(c, now) ? iso(c.suspendedUntil) : null,
    supervisionLevel: c.supervisionLevel,
    returns: c.returns,
    reworks: c.reworks,
    extensions: c.extensions,
    photoCount: c.attachmentIds.length,
    version: c.version,
  };
};

const noteOf = ({ data }: CaseEvent): string | null => ("note" in data ? data.note : null);
const photosOf = ({ data }: CaseEvent): string[] =>
  "attachmentIds" in data ? data.attachmentIds : [];

/** Parts of an event's data that are on its line anyway, or are the software's own. */
const NO_DETAILS = new Set([
  "note",
  "attachmentIds",
  "tier",
  "holderCode",
  "rule",
  "dispatchRule",
  "stage",
  "due",
  "result",
  "calendarVersion",
  "rulesVersion",
]);

/** What an action brought beside its note; the first report and the filing stand in the case. */
const detailsIn = ({ kind, data }: CaseEvent): Record<string, unknown> | null => {
  if (kind === "report" || kind === "file") return null;
  const entries = Object.entries(data).filter(
    ([name, value]) => !NO_DETAILS.has(name) && value !== null,
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

/** Which rule moved the case: one of the software's, or one of the county's by its name then. */
const rulesIn = ({ data }: CaseEvent): Pick<CaseEventView, "rule" | "dispatchRule"> => {
  const name = "rule" in data ? data.rule : null;
  if (name === null) return { rule: null, dispatchRule: null };
  const own = "dispatchRule" in data ? data.dispatchRule : undefined;
  // A county may call a rule of its own as it likes, also like one of the software's.
  if (own === undefined && (SOFTWARE_RULES as readonly string[]).includes(name)) {
    return { rule: name as SoftwareRule, dispatchRule: null };
  }
  const { ruleId, version } = own ?? { ruleId: null, version: null };
  return { rule: null, dispatchRule: { name, ruleId, version } };
};

export type LoggedEvent = { event: CaseEvent; recordedAt: Date; actorName: string | null };

/** Log → timeline; each line says where the case stood after it. */
export const timelineView = (
  log: readonly LoggedEvent[],
  nameOfHolder: (code: string) => string | null,
): CaseEventView[] => {
  let c: Case | null = null;
  return log.map(({ event, recordedAt, actorName }) => {
    c = applyEvent(c, event);
    return {
      seq: event.seq,
      kind: event.kind,
      occurredAt: event.occurredAt.toISOString(),
      recordedAt: recordedAt.toISOString(),
      actorRole: event.actorRole,
      actorName,
      note: noteOf(event),
      attachmentIds: photosOf(event),
      result: event.kind === "feed_back" ? (event.data.result ?? "done") : null,
      details: detailsIn(event),
      ...rulesIn(event),
      toState: c.state,
      toTier: c.tier,
      toHolderName: c.holderCode === null ? null : nameOfHolder(c.holderCode),
    };
  });
};
