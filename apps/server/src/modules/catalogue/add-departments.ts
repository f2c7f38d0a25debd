import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { departmentCache, departmentsOf } from "./catalogue-cache.ts";
import type { DepartmentDraft } from "./catalogue-row.ts";
import { writeDepartments } from "./catalogue-store.ts";

/** Adds the departments that the county does not have; those it has stay as they are. */
export const addDepartments = async (
  ctx: Ctx,
  departments: readonly DepartmentDraft[],
): Promise<void> => {
  const { countyCode } = ctx.county;
  const known = await departmentsOf(ctx.db, countyCode);
  const missing = departments.filter(({ unitCode }) => !known.has(unitCode));
  if (missing.length === 0) return;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await writeDepartments(trx, countyCode, missing);
    await announceChange(trx, "catalogue", countyCode);
  });
  departmentCache.forget(ctx.db, countyCode);
};
