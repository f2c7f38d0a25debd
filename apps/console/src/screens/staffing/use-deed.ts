import { STAFFING } from "../../platform/staffing-queries.ts";
import { deedOn } from "../../shared/use-deed.ts";

/** Something done to posts, people or notices. */
export const useDeed = deedOn(STAFFING, "staffing>done");
