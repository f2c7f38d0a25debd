import type { DispatchReferences } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { categoriesOf, departmentsOf } from "../catalogue/index.ts";
import { gridsOf } from "../grids/index.ts";

/** What the county has now, for telling which rules are broken. */
export const countyReferences = async (
  ctx: Pick<Ctx, "db" | "county">,
): Promise<DispatchReferences> => {
  const { countyCode } = ctx.county;
  const [grids, categories, departments] = await Promise.all([
    gridsOf(ctx),
    categoriesOf(ctx.db, countyCode),
    departmentsOf(ctx.db, countyCode),
  ]);
  const codes = [...categories.keys()];
  return {
    hasUnit: (code) => departments.has(code),
    hasGrid: (code) => grids.get(code) !== undefined,
    hasCategory: (prefix) => codes.some((code) => code.startsWith(prefix)),
  };
};
