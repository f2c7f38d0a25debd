import {
  listPatrolSpots,
  putPatrolPoint,
  recordLooks as recordLooksEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { listSpots } from "./list-spots.ts";
import { putPoint } from "./put-point.ts";
import { recordLooks } from "./record-looks.ts";

export const mountPatrols: MountRoutes = (app, { gate }) => {
  mount(app, gate, listPatrolSpots, (ctx, { query }) => listSpots(ctx, query.grid));
  mount(app, gate, recordLooksEndpoint, (ctx, { body }) => recordLooks(ctx, body.looks));
  mount(app, gate, putPatrolPoint, (ctx, { params, body }) =>
    putPoint(ctx, { ...params, ...body }),
  );
};
