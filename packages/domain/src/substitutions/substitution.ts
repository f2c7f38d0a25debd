import {
  SUBSTITUTION_MOST_DAYS,
  type ActorRole,
  type Refusal,
  type SubstitutionKind,
  type SubstitutionState,
} from "@onegrid/contract";
import { dayNumberOf } from "../calendar/local-day.ts";
import { isWithin } from "../grids/code.ts";
import type { Refused } from "../refused.ts";

/** One account of those an arrangement is about. */
export type Person = { accountId: string; role: ActorRole; scopeCode: string };

export type Arrangement = {
  kind: SubstitutionKind;
  /** Who serves. */
  serves: Person;
  /** Of a leave: who is away. */
  away: Person | null;
  /** Of a borrowing: the grid served for a time. */
  scopeCode: string | null;
  reason: string | null;
  startsOn: string;
  endsOn: string;
};

/** 街道借用网格员须说明理由: who may take a worker from a grid's work. */
const BORROWERS: readonly ActorRole[] = ["street", "county_centre"];
const SERVING: readonly ActorRole[] = ["worker", "head"];

const no = (code: string, status: Refusal["status"], detail: string): Refused => ({
  refused: { code: `substitutions.${code}`, status, detail },
});

/** State on a day; `endsOn` is the last day that counts. */
export function substitutionState(
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  today: string,
): SubstitutionState {
  if (today < startsOn) return "planned";
  return today <= endsOn ? "running" : "ended";
}

/**
 * The grid that an arrangement lets somebody serve, or why it may not be made. Everybody and every
 * place in it lies within the arranger's own scope. Refusals: `substitutions.outside_scope`,
 * `.street_borrows`, `.reason_required`, `.role_differs`, `.days`.
 */
export function arrange(
  arranger: { role: ActorRole; scopeCode: string },
  plan: Arrangement,
  today: string,
): { scopeCode: string } | Refused {
  const { kind, serves, away, startsOn, endsOn } = plan;
  const scopeCode = kind === "leave" ? away?.scopeCode : plan.scopeCode;
  const places = [serves.scopeCode, scopeCode];
  if (!places.every((code) => code && isWithin(code, arranger.scopeCode)) || !scopeCode) {
    return no("outside_scope", 403, "both grids lie within the own scope");
  }
  const length = (dayNumberOf(endsOn) ?? 0) - (dayNumberOf(startsOn) ?? 0);
  if (length < 0 || length > SUBSTITUTION_MOST_DAYS || endsOn < today) {
    return no("days", 422, `from the first to the last day, at most ${SUBSTITUTION_MOST_DAYS}`);
  }
  if (!SERVING.includes(serves.role)) {
    return no("role_differs", 422, "grid workers and heads serve grids");
  }
  if (kind === "borrow") {
    if (!BORROWERS.includes(arranger.role)) {
      return no("street_borrows", 403, "the street or the county borrows a grid worker");
    }
    if (plan.reason === null) return no("reason_required", 422, "borrowing needs a reason");
  } else if (away === null || away.role !== serves.role || away.accountId === serves.accountId) {
    return no("role_differs", 422, "somebody else of the same post stands in");
  }
  return { scopeCode };
}
