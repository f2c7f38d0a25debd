import type { OrganisationBase, OrganisationLevel } from "@onegrid/contract";

/** What an organisation is and where it belongs. */
export type OrganisationPlace = {
  level: OrganisationLevel;
  base: OrganisationBase;
  /** Code of what it is built on: the grid itself, or a row of the base's register. */
  baseCode: string;
  gridCode: string;
  parentCode: string | null;
  name: string;
  /** Years from one election of its leadership to the next; null: it has no term. */
  termYears: number | null;
};

/** A dated fact about one organisation; `effectiveOn` is `YYYY-MM-DD`. */
export type OrganisationFact = { effectiveOn: string } & (
  | { kind: "found"; data: OrganisationPlace }
  | { kind: "change"; data: Partial<OrganisationPlace> }
  /** 换届: elected again on that day. */
  | { kind: "renew"; data: { note: string | null } }
  | { kind: "dissolve"; data: { reason: string } }
  /** Takes back an earlier line of the list, which was wrong; the list keeps both. */
  | { kind: "void"; data: { seq: number; reason: string } }
);

/** A stretch of days in which nothing about the organisation changed; `validTo` is not part of it. */
export type OrganisationSpan = OrganisationPlace & {
  validFrom: string;
  validTo: string | null;
  foundedOn: string;
  renewedOn: string | null;
  termEndsOn: string | null;
};
