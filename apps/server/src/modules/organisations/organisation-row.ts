import type { Organisation } from "@onegrid/contract";
import { renewalState, type OrganisationSpan } from "@onegrid/domain";
import { sql } from "kysely";

/** A reminder begins this long before a term ends. */
export const RENEWAL_AHEAD_DAYS = 90;

/** A span with the names a reader needs. */
export type NamedSpan = OrganisationSpan & {
  code: string;
  sample: boolean;
  baseName: string | null;
  gridName: string | null;
  parentName: string | null;
};

/** Columns of {@link NamedSpan} over `s` (span), `o` (organisation) and the joins below. */
export const SPAN_COLUMNS = sql.raw(`
  s.code, s.valid_from AS "validFrom", s.valid_to AS "validTo", s.level, s.base,
  s.base_code AS "baseCode", s.grid_code AS "gridCode", s.parent_code AS "parentCode", s.name,
  s.founded_on AS "foundedOn", s.renewed_on AS "renewedOn", s.term_years AS "termYears",
  s.term_ends_on AS "termEndsOn", o.sample, g.name AS "gridName", p.name AS "parentName",
  coalesce(e.name, b.name, c.name, w.name, g.name) AS "baseName"`);

/**
 * Names of what a span refers to, as they were on the day `on`: the grid's version of that day, the
 * parent's name then. One row each, by primary key or a unique index.
 */
export const spanJoins = (on: string) => sql`
  JOIN organisation o ON o.county_code = s.county_code AND o.code = s.code
  LEFT JOIN LATERAL (SELECT name FROM grid WHERE county_code = s.county_code
      AND grid_code = s.grid_code AND valid_from <= ${on}::date
      AND (valid_to IS NULL OR valid_to > ${on}::date) ORDER BY version DESC LIMIT 1) g ON true
  LEFT JOIN organisation_span p ON p.county_code = s.county_code AND p.code = s.parent_code
    AND p.valid_from <= ${on}::date AND (p.valid_to IS NULL OR p.valid_to > ${on}::date)
  LEFT JOIN estate e ON s.base = 'estate' AND e.county_code = s.county_code AND e.code = s.base_code
  LEFT JOIN building b ON s.base = 'building' AND b.county_code = s.county_code
    AND b.code = s.base_code
  LEFT JOIN property_company c ON s.base = 'property_company' AND c.county_code = s.county_code
    AND c.code = s.base_code
  LEFT JOIN owners_committee w ON s.base = 'owners_committee' AND w.county_code = s.county_code
    AND w.code = s.base_code`;

/** A span → the wire; `today` decides which reminders are due. */
export const organisationView = (span: NamedSpan, today: string): Organisation => ({
  ...span,
  renewal:
    span.termEndsOn === null || span.validTo !== null
      ? null
      : renewalState(span.termEndsOn, today, RENEWAL_AHEAD_DAYS),
});
