import {
  decideGridChange as decideEndpoint,
  getGridChange as getEndpoint,
  listGridChanges as listEndpoint,
  listOutlines as outlinesEndpoint,
  listWorkPlaces as placesEndpoint,
  publishGridChange as publishEndpoint,
  putGridChange as putEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { decideChange } from "./decide-change.ts";
import { listOutlines, listWorkPlaces } from "./outlines.ts";
import { publishGridChange } from "./publish-change.ts";
import { getGridChange, listGridChanges } from "./read-changes.ts";
import { putGridChange } from "./write-change.ts";

export const mountGridChanges: MountRoutes = (app, { gate }) => {
  mount(app, gate, outlinesEndpoint, (ctx, { query }) => listOutlines(ctx, query));
  mount(app, gate, placesEndpoint, (ctx, { params }) => listWorkPlaces(ctx, params.gridCode));
  mount(app, gate, listEndpoint, (ctx, { query }) => listGridChanges(ctx, query));
  mount(app, gate, getEndpoint, (ctx, { params }) => getGridChange(ctx, params.changeId));
  mount(app, gate, putEndpoint, (ctx, { params, body }) =>
    putGridChange(ctx, { ...params, ...body }),
  );
  mount(app, gate, publishEndpoint, (ctx, { params, body }) =>
    publishGridChange(ctx, { ...params, ...body }),
  );
  mount(app, gate, decideEndpoint, (ctx, { params, body }) =>
    decideChange(ctx, params.changeId, { ...body, note: body.note ?? null }),
  );
};
