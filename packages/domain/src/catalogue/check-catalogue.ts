import {
  type CatalogueIssue,
  type CategoryDraft,
  type ClassDraft,
  classKey,
} from "./category-draft.ts";

/** What a county already has, against which a list is checked. */
export type KnownToCounty = {
  readonly unitCodes: ReadonlySet<string>;
  /** By standard, the keys (`classKey`) of the classes it loaded. */
  readonly classes: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Rules of one line that need more than its own fields. */
export function checkCategory(
  draft: CategoryDraft,
  known: KnownToCounty,
): Omit<CatalogueIssue, "index">[] {
  const issues: Omit<CatalogueIssue, "index">[] = [];
  const { ownerUnitCode, startTier, standardClass, emergency, limit } = draft;
  if (startTier === "department" && ownerUnitCode === null) {
    issues.push({
      field: "ownerUnitCode",
      code: "owner_missing",
      allowed: "the department's code, since the case starts at a department",
    });
  }
  if (ownerUnitCode !== null && !known.unitCodes.has(ownerUnitCode)) {
    issues.push({
      field: "ownerUnitCode",
      code: "unit_unknown",
      allowed: "the code of a department of the county",
    });
  }
  if (emergency && limit.unit !== "urgent_hour" && limit.unit !== "urgent_day") {
    issues.push({
      field: "limit",
      code: "limit_not_urgent",
      allowed: "urgent_hour or urgent_day: an emergency does not wait for office hours",
    });
  }
  // A standard whose table the county has not loaded cannot be checked.
  const classes = standardClass === null ? undefined : known.classes.get(standardClass.standard);
  if (standardClass !== null && classes !== undefined && !classes.has(classKey(standardClass))) {
    issues.push({
      field: "standardClass",
      code: "class_unknown",
      allowed: `a ${standardClass.kind} class of ${standardClass.standard}`,
    });
  }
  return issues;
}

/** Checks an authority list as a whole: each code once, and every line by {@link checkCategory}. */
export function checkAuthorityList(
  drafts: readonly CategoryDraft[],
  known: KnownToCounty,
): CatalogueIssue[] {
  const seen = new Set<string>();
  return drafts.flatMap((draft, index) => {
    const issues: CatalogueIssue[] = checkCategory(draft, known).map(
      ({ field, code, allowed }) => ({
        index,
        field,
        code,
        allowed,
      }),
    );
    if (seen.has(draft.categoryCode)) {
      issues.push({ index, field: "categoryCode", code: "code_twice", allowed: "each code once" });
    }
    seen.add(draft.categoryCode);
    return issues;
  });
}

/** Checks a standard's code table: each class once, and matters that stand for a known component. */
export function checkClassTable(drafts: readonly ClassDraft[]): CatalogueIssue[] {
  const components = new Set(
    drafts.filter(({ kind }) => kind === "component").map(({ classCode }) => classCode),
  );
  const seen = new Set<string>();
  const issues: CatalogueIssue[] = [];
  for (const [index, draft] of drafts.entries()) {
    const key = classKey(draft);
    if (seen.has(key)) {
      const allowed = `each ${draft.kind} class once`;
      issues.push({ index, field: "classCode", code: "code_twice", allowed });
    }
    seen.add(key);
    if (draft.componentCode !== null && !components.has(draft.componentCode)) {
      const allowed = "the code of a component class of the same file";
      issues.push({ index, field: "componentCode", code: "component_unknown", allowed });
    }
  }
  return issues;
}

/** Whether a line says the same as another, so that writing it would change nothing. */
export function sameCategory(a: CategoryDraft, b: CategoryDraft): boolean {
  const plain = (draft: CategoryDraft) => [
    draft.categoryCode,
    draft.net,
    draft.kind,
    draft.name,
    draft.words,
    draft.ownerUnitCode,
    draft.startTier,
    draft.limit.amount,
    draft.limit.unit,
    draft.emergency,
    draft.meToo && [draft.meToo.distanceM, draft.meToo.hours],
    draft.active,
    draft.sample,
    draft.standardClass && [draft.standardClass.standard, classKey(draft.standardClass)],
  ];
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}
