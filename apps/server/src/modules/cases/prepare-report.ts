import { createHash } from "node:crypto";
import type { CaseReport, CaseSource, Refusal } from "@onegrid/contract";
import {
  caseMilestones,
  clocksOf,
  isRefused,
  openCase,
  searchText,
  type Actor,
  type CaseMilestone,
  type Refused,
} from "@onegrid/domain";
import type { ReportedComponent } from "../components/index.ts";
import { appendDecided, type Appended } from "./case-log.ts";
import type { CountyRules } from "./county-rules.ts";
import {
  noGrids,
  placeMissing,
  unknownCategory,
  unknownComponent,
  onBehalfNotAllowed,
} from "./problems.ts";

/** A report that passed every check that needs no lock; only its id may still be taken. */
export type PreparedReport = Appended & {
  /** SHA-256 of the report and its reporter: tells a repetition from another report. */
  hash: Buffer;
  /** Secret of a resident's report; null for staff. */
  receiptCode: string | null;
  contact: {
    keyId: string;
    ciphertext: Buffer;
    deleteAfter: string;
    /** Version of the text, or `spoken`. */
    consentVersion: string;
  } | null;
  sample: boolean;
  /** When somebody is to be told of its clocks, earliest first. */
  milestones: CaseMilestone[];
  /** What a search by words finds it by. */
  words: string;
};

const NONE_NAMED: ReadonlyMap<string, ReportedComponent> = new Map();

const refused = (refusal: Refusal): Refused => ({ refused: refusal });

const SOURCES: Partial<Record<Actor["role"], CaseSource>> = {
  resident: "resident",
  department: "department",
  system: "import",
};

/** 代为登记 is work of a desk. */
const DESKS: readonly Actor["role"][] = ["street", "county_centre", "department", "head", "system"];

/**
 * SHA-256 of a report and its reporter. The schema has put the fields into one order, so equal
 * reports are equal text. A resident's contact is no part of it: a hash of a phone number beside
 * the rest of the text would tell the number to whoever tries them all.
 */
const hashOf = (report: CaseReport, actor: Actor): Buffer =>
  createHash("sha256")
    .update(actor.accountId ?? actor.role)
    .update("\0")
    .update(JSON.stringify(report))
    .digest();

/**
 * Places, classifies and opens a report. Refusals: `cases.place_missing`, `cases.no_grids`,
 * `cases.unknown_category`, `cases.unknown_component`, and those of `openCase`.
 */
export const prepareReport = (
  report: CaseReport,
  actor: Actor,
  rules: CountyRules,
  now: Date,
  components: ReadonlyMap<string, ReportedComponent> = NONE_NAMED,
  source?: CaseSource,
): PreparedReport | Refused => {
  const { address, componentCode, onBehalf = null } = report;
  if (onBehalf !== null && !DESKS.includes(actor.role)) return refused(onBehalfNotAllowed());
  const component = componentCode === null ? null : (components.get(componentCode) ?? null);
  if (componentCode !== null && component === null) {
    return refused(unknownComponent(componentCode));
  }
  // Whoever taps a lamp on the map has said where.
  const location = report.location ?? component;
  if (location === null && (address === null || address === "")) return refused(placeMissing());
  const place = rules.locate(location?.lng ?? null, location?.lat ?? null);
  if (place === undefined) return refused(noGrids());
  const category = rules.category(report.categoryCode);
  if (category === undefined || !category.active) {
    return refused(unknownCategory(report.categoryCode));
  }
  const occurredAt = report.capturedAt === null ? now : new Date(report.capturedAt);
  const decided = openCase(
    {
      source: source ?? onBehalf?.source ?? SOURCES[actor.role] ?? "worker",
      ...(onBehalf?.number && { sourceNumber: onBehalf.number }),
      gridCode: place.gridCode,
      gridVersion: place.gridVersion,
      lng: location?.lng ?? null,
      lat: location?.lat ?? null,
      accuracyM: report.location === null ? null : report.accuracyM,
      address: address === "" ? null : address,
      description: report.description,
      categoryCode: category.categoryCode,
      categoryVersion: category.version,
      net: category.net,
      emergency: category.emergency,
      componentCode,
      attachmentIds: report.attachmentIds,
      selfHandledNote: report.selfHandledNote,
    },
    occurredAt,
    actor,
    rules.context(category, now, undefined, component?.ownerUnitCode ?? null),
  );
  if (isRefused(decided)) return decided;
  const appended = appendDecided(null, decided, {
    caseId: report.caseId,
    firstEventId: report.caseId,
    actor,
    occurredAt: occurredAt > now ? now : occurredAt,
    now,
    timeZone: rules.timeZone,
  });
  return {
    ...appended,
    hash: hashOf(report, actor),
    receiptCode: null,
    contact: null,
    sample: rules.sample,
    milestones: caseMilestones(
      clocksOf(appended.events),
      rules.present.rules,
      rules.present.calendar,
    ),
    words: searchText(report.description, address, category.name, onBehalf?.number ?? null),
  };
};
