import { getCounty } from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { countyView } from "./county-view.ts";

export const mountCounty: MountRoutes = (app, services) => {
  mount(app, services.gate, getCounty, (_ctx, _input, { request }) =>
    countyView(services, request),
  );
};
