import type {
  OrganisationBase,
  OrganisationLevel,
  RegisterValue,
  Refusal,
} from "@onegrid/contract";
import {
  foldOrganisation,
  isRefused,
  PLACEMENTS,
  type OrganisationFact,
  type OrganisationPlace,
  type OrganisationSpan,
} from "@onegrid/domain";
import { textIn } from "../../platform/import-target.ts";

export type Plan = {
  code: string;
  /** What has to be written down so that the list says what the row says; [] when it does. */
  facts: OrganisationFact[];
  /** How it stands when that is done. */
  last: OrganisationSpan;
  /** Grid it belongs to before that; null: a new one. */
  gridBefore: string | null;
};

export type Planned = Plan | { refused: Refusal; column: string | null };

const refuse = (code: string, column: string, params: Record<string, unknown> = {}): Planned => ({
  refused: { code: `organisations.${code}`, status: 422, detail: code, params },
  column,
});

type Values = Record<string, RegisterValue>;

/** A column the table does not have says nothing; an empty cell says that there is none. */
const said = <T>(values: Values, key: string, given: ReadonlySet<string>, before: T): T =>
  given.has(key) ? (values[key] as T) : before;

const placeOf = (
  values: Values,
  given: ReadonlySet<string>,
  before: OrganisationSpan | null,
): OrganisationPlace => {
  const level = values["level"] as OrganisationLevel;
  const gridCode = textIn(values, "gridCode") ?? "";
  const base = (textIn(values, "base") ??
    (given.has("base") ? null : before?.base) ??
    PLACEMENTS[level].bases[0] ??
    "grid") as OrganisationBase;
  const baseCode = textIn(values, "baseCode") ?? (base === "grid" ? gridCode : before?.baseCode);
  const termYears = before === null ? PLACEMENTS[level].termYears : before.termYears;
  return {
    level,
    base,
    baseCode: base === "grid" ? gridCode : (baseCode ?? ""),
    gridCode,
    parentCode: said(values, "parentCode", given, before?.parentCode ?? null),
    name: textIn(values, "name") ?? "",
    // A term is left out as often as it is meant: the rules know it.
    termYears: typeof values["termYears"] === "number" ? values["termYears"] : termYears,
  };
};

const PLACE_KEYS = [
  "level",
  "base",
  "baseCode",
  "gridCode",
  "parentCode",
  "name",
  "termYears",
] as const satisfies readonly (keyof OrganisationPlace)[];

/**
 * What a row of a table means for one organisation whose facts are `known`: founded, changed from
 * today on, elected again; nothing when it stands like that already. Refuses what the rules refuse.
 */
export const planOrganisation = (
  values: Values,
  given: ReadonlySet<string>,
  known: readonly OrganisationFact[],
  today: string,
): Planned => {
  const code = textIn(values, "code") ?? "";
  const foundedOn = textIn(values, "foundedOn") ?? today;
  const renewedOn = textIn(values, "renewedOn");
  const spans = foldOrganisation(known);
  if (isRefused(spans)) return { refused: spans.refused, column: null };
  const before = spans.at(-1) ?? null;
  const place = placeOf(values, given, before);
  const facts: OrganisationFact[] = [];
  if (before === null) facts.push({ kind: "found", effectiveOn: foundedOn, data: place });
  else {
    if (before.validTo !== null) {
      return refuse("dissolved", "code", { dissolvedOn: before.validTo });
    }
    if (before.foundedOn !== foundedOn) return refuse("already_founded", "foundedOn");
    const isSame = PLACE_KEYS.every((key) => before[key] === place[key]);
    const effectiveOn = before.validFrom > today ? before.validFrom : today;
    if (!isSame) facts.push({ kind: "change", effectiveOn, data: place });
  }
  if (renewedOn !== null && renewedOn !== before?.renewedOn) {
    facts.push({ kind: "renew", effectiveOn: renewedOn, data: { note: null } });
  }
  const after = foldOrganisation([...known, ...facts]);
  if (isRefused(after)) return { refused: after.refused, column: null };
  const last = after.at(-1);
  if (last === undefined) return refuse("before_founding", "foundedOn");
  return { code, facts, last, gridBefore: before?.gridCode ?? null };
};
