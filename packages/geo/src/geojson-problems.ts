/** Where in a file something is: byte offset from 0, line and column from 1 (column in bytes). */
export interface FilePosition {
  byte: number;
  line: number;
  column: number;
}

/** Why a file cannot be read at all. Reading stops at the first of these. */
export const FILE_PROBLEM_CODES = [
  "empty_file",
  "wrong_file_type",
  "not_feature_collection",
  "truncated",
  "syntax",
  "not_utf8",
  "crs_not_supported",
  "feature_too_large",
] as const;

/** Why one feature of an otherwise readable file cannot be used. Reading goes on. */
export const FEATURE_PROBLEM_CODES = [
  "feature_not_object",
  "geometry_missing",
  "geometry_type",
  "coordinates_malformed",
  "coordinates_out_of_range",
  "ring_too_short",
] as const;

/** What was mended silently on the way in, so that the person who made the file can know. */
export const GEOMETRY_NOTE_CODES = ["ring_closed", "z_dropped", "empty_part_dropped"] as const;

export type FileProblemCode = (typeof FILE_PROBLEM_CODES)[number];
export type FeatureProblemCode = (typeof FEATURE_PROBLEM_CODES)[number];
export type GeometryNoteCode = (typeof GEOMETRY_NOTE_CODES)[number];

export interface GeoJsonProblem {
  code: FileProblemCode | FeatureProblemCode;
  position: FilePosition;
  /** Number of the feature in the file, from 0, when the problem lies in one. */
  featureIndex?: number;
  /** What was found instead, in English and short: a type, a value, a parser's words. */
  found?: string;
}

/** Thrown inside the reader to leave it; the reader hands its problem over as an ordinary value. */
export class GeoJsonError extends Error {
  override name = "GeoJsonError";
  readonly problem: GeoJsonProblem;

  constructor(problem: GeoJsonProblem) {
    super(`${problem.code} at line ${problem.position.line}, column ${problem.position.column}`);
    this.problem = problem;
  }
}
