import { exportGrids, getGrid, listGrids, locate } from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import { sendFile } from "../../platform/send-file.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { gridsOn } from "./county-cache.ts";
import { exportGridFile } from "./export-grids.ts";
import { gridView } from "./grid-views.ts";
import { locateResponsible } from "./locate-responsible.ts";
import { gridNotFound } from "./problems.ts";

export const mountGrids: MountRoutes = (app, { gate }) => {
  mount(app, gate, listGrids, async (ctx, { query }) => {
    const grids = await gridsOn(ctx, query.on);
    const parent = query.parent ?? ctx.county.countyCode;
    if (query.parent !== undefined && grids.get(parent) === undefined) {
      throw new ProblemError(gridNotFound(parent));
    }
    return { grids: grids.childrenOf(parent).map((grid) => gridView(grids, grid)) };
  });

  mount(app, gate, exportGrids, async (ctx, { query }, { reply }) =>
    sendFile(reply, await exportGridFile(ctx, query)),
  );

  mount(app, gate, getGrid, async (ctx, { params, query }) => {
    const grids = await gridsOn(ctx, query.on);
    const grid = grids.get(params.gridCode);
    if (grid === undefined) throw new ProblemError(gridNotFound(params.gridCode));
    return gridView(grids, grid);
  });

  mount(app, gate, locate, (ctx, { query }) => locateResponsible(ctx, query));
};
