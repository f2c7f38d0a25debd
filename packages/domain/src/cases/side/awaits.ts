import type { CaseState } from "@onegrid/contract";
import { isGridTier } from "../../grids/code.ts";
import {
  isOpenSubTask,
  openSupervision,
  openWhistle,
  pendingAppeal,
  pendingExtension,
  pendingSuspension,
  type Side,
} from "./side.ts";

const whistle = (side: Side): string[] => {
  const open = openWhistle(side);
  if (open === undefined) return [];
  if (open.state === "called") return ["street_head"];
  const missing = open.units.filter(({ arrivedAt }) => arrivedAt === null);
  return missing.length === 0 ? ["dispatcher"] : missing.map(({ unitCode }) => `unit:${unitCode}`);
};

/** Cases that count as never having been: nobody is asked any more who should have owned them. */
const WITHOUT_OWNER: readonly CaseState[] = ["not_accepted", "voided", "merged"];

/**
 * Whom the side matters of a case in a state wait for, as words that lists filter by: `holder`, `dispatcher`,
 * `street_head`, `county_centre`, `unit:CODE`, `grid:CODE`. Sorted, each once.
 */
export const awaitsOf = (side: Side, state: CaseState): string[] => {
  const extension = pendingExtension(side);
  const appeal = pendingAppeal(side);
  const out = [
    ...(extension === undefined ? [] : [extension.state === "asked" ? "holder" : "dispatcher"]),
    ...(pendingSuspension(side) === undefined ? [] : ["dispatcher"]),
    ...(openSupervision(side) === undefined ? [] : ["holder"]),
    ...whistle(side),
    ...(appeal === undefined ? [] : [appeal.state === "asked" ? "dispatcher" : "county_centre"]),
    ...side.subTasks
      .filter(isOpenSubTask)
      .map(({ tier, holderCode }) => `${isGridTier(tier) ? "grid" : "unit"}:${holderCode}`),
    ...(side.noOwner?.decision === null && !WITHOUT_OWNER.includes(state) ? ["county_centre"] : []),
  ];
  return [...new Set(out)].toSorted();
};
