import type { ImportIssue, ImportReport } from "../../modules/grids/index.ts";

/** What each finding means, for the person who has to mend the file. */
const MEANING: Record<ImportIssue["code"], string> = {
  empty_file: "the file holds no features",
  wrong_file_type: "this is no GeoJSON",
  not_feature_collection: "this is no GeoJSON FeatureCollection",
  truncated: "the file ends in the middle",
  syntax: "this is no JSON",
  not_utf8: "the text is not UTF-8 (GBK?); save the file as UTF-8",
  crs_not_supported:
    "longitude and latitude are needed (WGS-84, CGCS2000; GCJ-02 with --crs gcj02)",
  feature_too_large: "one feature is too large",
  feature_not_object: "this element of the list is no feature",
  geometry_missing: "the feature has no geometry",
  geometry_type: "Polygon or MultiPolygon is needed",
  coordinates_malformed: "these are no positions",
  coordinates_out_of_range: "these are no degrees of longitude and latitude",
  ring_too_short: "a ring needs three different corners",
  code_missing: "the feature has no code; --code-field names the property",
  code_malformed: "a code has letters, digits and hyphens only",
  code_length: "the code has not the length of this level",
  name_missing: "the feature has no name; --name-field names the property",
  parent_missing: "no grid has the code that this one begins with; import the level above first",
  parent_unknown: "no grid of the level above has this code",
  parent_ambiguous: "more than one grid of the level above has this code in its file",
  duplicate_code: "the code is in the file twice",
  invalid_polygon: "the polygon is invalid",
  overlap: "two grids overlap",
  gap: "no grid covers this piece of the parent",
  outside_parent: "this piece lies outside the parent",
  has_children: "the grid would end but still has grids below it",
  valid_from_too_early: "the new version would begin before the present one",
  not_one_county: "level 0 is the county: one outline",
  duplicate_name: "two grids of one parent have the same name",
  enclosed_gap: "a piece that no grid covers, enclosed by grids",
  children_no_longer_fit: "the grids below no longer fit the new outline; import them next",
  ring_closed: "an unclosed ring was closed",
  z_dropped: "heights were dropped",
  empty_part_dropped: "an empty part was left out",
};

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

const areaText = (areaM2: number): string => `${number.format(areaM2)} m²`;

/** One finding as one line: what, which grid, where, how large. */
export function issueLine(issue: ImportIssue): string {
  const { code, gridCode, otherCode, name, at, areaM2, position, found, allowed } = issue;
  const grid = [gridCode, name].filter(Boolean).join(" ");
  return [
    `${code}: ${MEANING[code]}`,
    grid && (otherCode === undefined ? grid : `${grid} and ${otherCode}`),
    at && `at ${at[0].toFixed(6)}, ${at[1].toFixed(6)}`,
    areaM2 !== undefined && areaText(areaM2),
    found !== undefined && `found ${found}`,
    allowed !== undefined && `allowed ${allowed}`,
    position && `line ${position.line}, column ${position.column}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The account of an import in a few lines. */
export function accountLines(report: ImportReport, seconds: number): string[] {
  const { read, added, changed, renamed, unchanged, refused, ended } = report;
  const lines = [
    `Read ${read}: ${added} new, ${changed} with a new outline, ${renamed} renamed, ` +
      `${unchanged} unchanged, ${refused} refused; ${ended} ended.`,
    `Tolerance ${areaText(report.toleranceM2)}; forgiven below it ${areaText(report.forgivenM2)} in all.`,
  ];
  if (report.parentsWithoutChildren > 0) {
    lines.push(`${report.parentsWithoutChildren} grids of the level above have none below them.`);
  }
  lines.push(`${number.format(seconds)} s`);
  return lines;
}
