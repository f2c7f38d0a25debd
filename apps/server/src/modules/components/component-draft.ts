import type { Category, ComponentCondition, FieldProblem } from "@onegrid/contract";

/** A component as somebody wrote it. */
export type ComponentDraft = {
  componentCode: string;
  name: string;
  categoryCode: string;
  ownerUnitCode: string | null;
  condition: ComponentCondition;
  lng: number;
  lat: number;
  address: string | null;
  /** `YYYY-MM-DD`; null for the day it is first stored. */
  recordedOn: string | null;
  restricted: boolean;
  sample: boolean;
};

/** What a draft is held against. */
export type ComponentReferences = {
  countyCode: string;
  categories: ReadonlyMap<string, Category>;
  units: ReadonlyMap<string, unknown>;
  /** Grid at a point; undefined outside every grid below the county. */
  gridAt: (lng: number, lat: number) => { gridCode: string; gridVersion: number } | undefined;
};

const TAIL_DIGITS = 11;
const CLASS_DIGITS = 5;

/** The 5-digit class in a component's code. */
export const classOfCode = (componentCode: string): string =>
  componentCode.slice(-TAIL_DIGITS, -TAIL_DIGITS + CLASS_DIGITS);

/** Categories of kind component that a class of the standard stands behind. */
export const categoriesOfClass = (
  categories: ReadonlyMap<string, Category>,
  classCode: string,
): Category[] =>
  [...categories.values()].filter(
    ({ kind, active, standardClass }) =>
      kind === "component" && active && standardClass?.classCode === classCode,
  );

/** Everything about a draft that does not fit the county; fields without a leading slash. */
export const draftProblems = (
  draft: ComponentDraft,
  county: ComponentReferences,
): FieldProblem[] => {
  const { componentCode, categoryCode, ownerUnitCode } = draft;
  const category = county.categories.get(categoryCode);
  const problems: FieldProblem[] = [];
  const tail = componentCode.slice(county.countyCode.length);
  if (!componentCode.startsWith(county.countyCode) || !/^[0-9]{11}$/.test(tail)) {
    const allowed = `${county.countyCode}, 5 digits of the class, 6 digits of a serial number`;
    problems.push({ field: "componentCode", code: "components.bad_code", allowed });
  }
  if (category === undefined || category.kind !== "component") {
    const allowed = "a category of kind component";
    problems.push({ field: "categoryCode", code: "components.no_such_class", allowed });
  } else {
    const classCode = category.standardClass?.classCode;
    if (classCode !== undefined && classCode !== classOfCode(componentCode)) {
      const allowed = `class ${classCode} in the component's code`;
      problems.push({ field: "categoryCode", code: "components.class_differs", allowed });
    }
  }
  if (ownerUnitCode !== null && !county.units.has(ownerUnitCode)) {
    const allowed = "the code of a department of the county";
    problems.push({ field: "ownerUnitCode", code: "components.unknown_unit", allowed });
  }
  if (county.gridAt(draft.lng, draft.lat) === undefined) {
    const allowed = "a point inside a grid of the county";
    problems.push({ field: "location", code: "components.outside", allowed });
  }
  return problems;
};
