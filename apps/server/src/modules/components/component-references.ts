import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { categoriesOf, departmentsOf } from "../catalogue/index.ts";
import { gridsOf } from "../grids/index.ts";
import type { ComponentReferences } from "./component-draft.ts";
import { noGrids } from "./problems.ts";

/** What components of the county may refer to. Throws `components.no_grids`. */
export const componentReferences = async (
  ctx: Pick<Ctx, "db" | "county">,
): Promise<ComponentReferences> => {
  const { countyCode } = ctx.county;
  const [grids, categories, units] = await Promise.all([
    gridsOf(ctx),
    categoriesOf(ctx.db, countyCode),
    departmentsOf(ctx.db, countyCode),
  ]);
  if (grids.size === 0) throw new ProblemError(noGrids());
  return {
    countyCode,
    categories,
    units,
    gridAt: (lng, lat) => {
      const found = grids.at(lng, lat);
      return found && { gridCode: found.gridCode, gridVersion: found.version };
    },
  };
};
