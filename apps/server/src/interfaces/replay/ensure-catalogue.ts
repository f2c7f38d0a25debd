import { addDepartments, categoriesOf, putCategory } from "../../modules/catalogue/index.ts";
import { seedCalendar } from "../../modules/calendar/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Mapping } from "./mapping.ts";

/**
 * Gives the county what a replay needs: a calendar, and the mapping's departments and categories
 * where the county has none of that code. What is there already stays as it is.
 */
export const ensureCatalogue = async (ctx: Ctx, mapping: Mapping): Promise<void> => {
  await seedCalendar(ctx.db, ctx.county, ctx.clock.now());
  const { sample } = ctx.county;
  const departments = mapping.subTasks?.departments ?? [];
  await addDepartments(
    ctx,
    departments.map((one) => ({ ...one, dutyPhone: null, sample })),
  );
  const known = await categoriesOf(ctx.db, ctx.county.countyCode);
  for (const line of mapping.catalogue) {
    if (known.has(line.code)) continue;
    await putCategory(ctx, {
      categoryCode: line.code,
      baseVersion: 0,
      net: line.net,
      kind: "matter",
      name: line.name,
      words: [],
      ownerUnitCode: null,
      startTier: line.startTier,
      limit: line.limit,
      emergency: false,
      meToo: null,
      standardClass: null,
      active: true,
    });
  }
};
