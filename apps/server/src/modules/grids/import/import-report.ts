import type {
  FeatureProblemCode,
  FilePosition,
  FileProblemCode,
  GeometryNoteCode,
  LngLat,
} from "@onegrid/geo";

/** What keeps an import from being done. */
export type ViolationCode =
  | FileProblemCode
  | FeatureProblemCode
  | "code_missing"
  | "code_malformed"
  | "code_length"
  | "name_missing"
  | "parent_missing"
  | "parent_unknown"
  | "parent_ambiguous"
  | "duplicate_code"
  | "invalid_polygon"
  | "overlap"
  | "gap"
  | "outside_parent"
  | "has_children"
  | "valid_from_too_early"
  | "not_one_county";

/** What the person who made the file should look at; the import is done all the same. */
export type WarningCode = "duplicate_name" | "enclosed_gap" | "children_no_longer_fit";

/** One finding, always with where to look and how much it is about. */
export interface ImportIssue {
  severity: "violation" | "warning" | "note";
  code: ViolationCode | WarningCode | GeometryNoteCode;
  /** The grid, by the code it has in the system or, before that is known, in the file. */
  gridCode?: string;
  /** The second grid of a pair. */
  otherCode?: string;
  name?: string;
  at?: LngLat;
  areaM2?: number;
  /** Place in the file. */
  position?: FilePosition;
  found?: string;
  allowed?: string;
}

/** The account of an import; it adds up: read = added + changed + renamed + unchanged + refused. */
export interface ImportReport {
  /** Features in the file. */
  read: number;
  /** New codes. */
  added: number;
  /** New outline or new parent: a new version. */
  changed: number;
  /** Only words changed (name, Party group, duty phone): the version stays. */
  renamed: number;
  unchanged: number;
  /** Features that could not be used; above zero nothing was stored. */
  refused: number;
  /** Ended because the file, said to be complete, does not list them. */
  ended: number;
  /** Grids of the level above that have no children, in the file or before. */
  parentsWithoutChildren: number;
  /** Pieces below the tolerance, added up: what was forgiven. */
  forgivenM2: number;
  toleranceM2: number;
  issues: ImportIssue[];
  /** True when something was written. */
  stored: boolean;
}

export const hasViolations = (issues: readonly ImportIssue[]): boolean =>
  issues.some((issue) => issue.severity === "violation");
