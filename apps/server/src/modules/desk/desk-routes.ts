import {
  deleteSavedFilter as deleteEndpoint,
  getDuty as dutyEndpoint,
  listSavedFilters as listEndpoint,
  putSavedFilter as putEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { getDuty } from "./get-duty.ts";
import { deleteSavedFilter, listSavedFilters, putSavedFilter } from "./saved-filters.ts";

/** Mounts what a desk has beside its cases: who is silent, and named lists. */
export const mountDesk: MountRoutes = (app, { gate }) => {
  mount(app, gate, dutyEndpoint, (ctx) => getDuty(ctx));
  mount(app, gate, listEndpoint, (ctx) => listSavedFilters(ctx));
  mount(app, gate, putEndpoint, (ctx, { params, body }) =>
    putSavedFilter(ctx, params.filterId, body),
  );
  mount(app, gate, deleteEndpoint, (ctx, { params }) => deleteSavedFilter(ctx, params.filterId));
};
