import {
  listCategories,
  listDepartments,
  putCategory as putCategoryEndpoint,
} from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { readCategories, readDepartments } from "./catalogue-queries.ts";
import { putCategory } from "./put-category.ts";

/** The catalogue is public and the same for everybody of a county. */
const inCounty = (countyCode: string) => ({ countyCode, scopeCode: "", unitCode: "" });

/** Residents choose from what can be reported today; staff also see what was withdrawn. */
const seesWithdrawn = ({ role }: Actor): boolean => role !== "resident";

export const mountCatalogue: MountRoutes = (app, { gate }) => {
  mount(app, gate, listCategories, async (ctx, { query }) => {
    const { countyCode } = ctx.county;
    const all = await inScope(ctx.db, inCounty(countyCode), (trx) =>
      readCategories(trx, countyCode),
    );
    const shown = seesWithdrawn(ctx.actor) ? all : all.filter(({ active }) => active);
    return { categories: shown.filter(({ net }) => query.net === undefined || net === query.net) };
  });

  mount(app, gate, listDepartments, async (ctx) => {
    const { countyCode } = ctx.county;
    const departments = await inScope(ctx.db, inCounty(countyCode), (trx) =>
      readDepartments(trx, countyCode),
    );
    return { departments };
  });

  mount(app, gate, putCategoryEndpoint, (ctx, { params, body }) =>
    putCategory(ctx, { ...body, categoryCode: params.categoryCode }),
  );
};
