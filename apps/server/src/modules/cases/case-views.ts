import type { CaseEvent as CaseEventView, CaseListItem, PublicCase } from "@onegrid/contract";
import { applyEvent, disposedOnTime, type Case, type CaseEvent } from "@onegrid/domain";
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

/** Row → line of a list for staff. */
export const listItemView = (row: NamedCaseRow, timeZone: string): CaseListItem => {
  const c = caseOfRow(row);
  return {
    ...common(c, row, timeZone),
    tier: c.tier,
    emergency: c.emergency,
    description: c.description,
    address: c.address,
    disposedAt: iso(c.disposedAt),
    disposedOnTime: disposedOnTime(c),
    photoCount: c.attachmentIds.length,
    version: c.version,
  };
};

const noteOf = ({ data }: CaseEvent): string | null => ("note" in data ? data.note : null);
const photosOf = ({ data }: CaseEvent): string[] =>
  "attachmentIds" in data ? data.attachmentIds : [];

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
      toState: c.state,
      toTier: c.tier,
      toHolderName: c.holderCode === null ? null : nameOfHolder(c.holderCode),
    };
  });
};
