import { rewound } from "@onegrid/geo";
import type { GridDraft } from "./compose-codes.ts";
import type { CurrentGrid } from "../grid-queries.ts";

export interface ChangePlan {
  added: GridDraft[];
  /** Outline changed: the present version ends, the next begins. */
  changed: { draft: GridDraft; version: number }[];
  /** Only words changed: the present version is corrected in place. */
  renamed: GridDraft[];
  unchanged: number;
  ended: CurrentGrid[];
}

/**
 * Compares the file with what is stored. The outline decides about versions, because that is what
 * a case refers to; words are corrected in place. The same file again changes nothing.
 */
export const planChanges = (
  drafts: readonly GridDraft[],
  present: readonly CurrentGrid[],
  ended: readonly CurrentGrid[],
): ChangePlan => {
  const byCode = new Map(present.map((grid) => [grid.gridCode, grid]));
  const plan: ChangePlan = { added: [], changed: [], renamed: [], unchanged: 0, ended: [...ended] };
  for (const draft of drafts) {
    const stored = byCode.get(draft.gridCode);
    if (stored === undefined) plan.added.push(draft);
    else if (outlineChanged(draft, stored)) {
      plan.changed.push({ draft, version: stored.version + 1 });
    } else if (wordsChanged(draft, stored)) plan.renamed.push(draft);
    else plan.unchanged += 1;
  }
  return plan;
};

const outlineChanged = (draft: GridDraft, stored: CurrentGrid): boolean =>
  draft.schematic !== stored.schematic ||
  // Whichever way a program has its rings turn, it is the same outline.
  JSON.stringify(rewound(draft.area)) !== JSON.stringify(rewound(stored.area));

const wordsChanged = (draft: GridDraft, stored: CurrentGrid): boolean =>
  draft.name !== stored.name ||
  draft.fileCode !== stored.sourceCode ||
  draft.partyGroup !== stored.partyGroup ||
  draft.dutyPhone !== stored.dutyPhone;
