import { getCounty } from "@onegrid/contract";
import { countyCache } from "../../platform/county-cache.ts";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { countyFor } from "./county-of-request.ts";
import { readBounds } from "./county-queries.ts";

const boundsOf = countyCache("grids", readBounds);

export const mountCounty: MountRoutes = (app, services) => {
  mount(app, services.gate, getCounty, async (ctx, _input, { request }) => {
    const { levelLengths, hosts: _hosts, ...county } = await countyFor(services, request);
    return {
      ...county,
      levelLengths: [...levelLengths],
      bounds: await boundsOf.get(ctx.db, county.countyCode),
    };
  });
};
