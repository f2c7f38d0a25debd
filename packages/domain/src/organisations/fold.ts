import type { Refusal } from "@onegrid/contract";
import type { Refused } from "../refused.ts";
import type { OrganisationFact, OrganisationSpan } from "./facts.ts";

const no = (code: string, detail: string, params: Record<string, unknown> = {}): Refused => {
  const refused: Refusal = { code: `organisations.${code}`, status: 422, detail, params };
  return { refused };
};

/** The same day `years` later; 29 February becomes 28 in a year without one. */
export const addYears = (day: string, years: number): string => {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, "0");
  const rest = day.slice(4);
  const isLeap = new Date(`${year}-02-29T00:00:00Z`).toISOString().startsWith(`${year}-02-29`);
  return rest === "-02-29" && !isLeap ? `${year}-02-28` : year + rest;
};

type Numbered = { seq: number; fact: OrganisationFact };

/** The facts that stand, in the order of their days; those of one day in the order of writing. */
const standing = (facts: readonly OrganisationFact[]): Numbered[] => {
  const numbered = facts.map((fact, index) => ({ seq: index + 1, fact }));
  const taken = new Set(facts.flatMap((fact) => (fact.kind === "void" ? [fact.data.seq] : [])));
  return numbered
    .filter(({ seq, fact }) => fact.kind !== "void" && !taken.has(seq))
    .toSorted((a, b) => {
      if (a.fact.effectiveOn !== b.fact.effectiveOn) {
        return a.fact.effectiveOn < b.fact.effectiveOn ? -1 : 1;
      }
      return a.seq - b.seq;
    });
};

const termEnd = (since: string, termYears: number | null): string | null =>
  termYears === null ? null : addYears(since, termYears);

const after = (
  before: OrganisationSpan | null,
  fact: OrganisationFact,
): OrganisationSpan | Refused => {
  const { effectiveOn: validFrom } = fact;
  if (fact.kind === "found") {
    if (before !== null) return no("already_founded", "an organisation is founded once");
    return {
      ...fact.data,
      validFrom,
      validTo: null,
      foundedOn: validFrom,
      renewedOn: null,
      termEndsOn: termEnd(validFrom, fact.data.termYears),
    };
  }
  if (before === null) {
    return no("before_founding", "nothing happens to an organisation before it is founded");
  }
  const next = { ...before, validFrom, validTo: null };
  if (fact.kind === "change") {
    const changed = { ...next, ...fact.data };
    const since = changed.renewedOn ?? changed.foundedOn;
    return { ...changed, termEndsOn: termEnd(since, changed.termYears) };
  }
  if (before.termYears === null) {
    return no("no_term", "an organisation without a term is not elected again");
  }
  return { ...next, renewedOn: validFrom, termEndsOn: termEnd(validFrom, before.termYears) };
};

/**
 * The stretches of days that an organisation's facts make, oldest first; facts may be written down
 * late, in any order. Refuses a list that cannot be true: `organisations.before_founding`,
 * `.already_founded`, `.dissolved`, `.no_term`, `.nothing_to_void`.
 */
export const foldOrganisation = (
  facts: readonly OrganisationFact[],
): OrganisationSpan[] | Refused => {
  for (const [index, fact] of facts.entries()) {
    if (fact.kind !== "void") continue;
    const target = facts[fact.data.seq - 1];
    if (target === undefined || target.kind === "void" || fact.data.seq > index) {
      return no("nothing_to_void", "only an earlier fact can be taken back", {
        seq: fact.data.seq,
      });
    }
  }
  const spans: OrganisationSpan[] = [];
  let dissolvedOn: string | null = null;
  for (const { fact } of standing(facts)) {
    if (dissolvedOn !== null) {
      return no("dissolved", "nothing happens to an organisation after its dissolution", {
        dissolvedOn,
      });
    }
    const before = spans.at(-1) ?? null;
    if (fact.kind === "dissolve") {
      if (before === null) {
        return no("before_founding", "nothing happens to an organisation before it is founded");
      }
      dissolvedOn = fact.effectiveOn;
      before.validTo = dissolvedOn;
      if (before.validFrom === dissolvedOn) spans.pop();
      continue;
    }
    const next = after(before, fact);
    if ("refused" in next) return next;
    // Several facts of one day make one stretch.
    if (before !== null && before.validFrom === next.validFrom) spans.pop();
    else if (before !== null) before.validTo = next.validFrom;
    spans.push(next);
  }
  return spans;
};

/** The stretch that holds a day, or null. */
export const spanOn = (spans: readonly OrganisationSpan[], day: string): OrganisationSpan | null =>
  spans.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo)) ??
  null;
