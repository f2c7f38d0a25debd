import { listRegister, putRegisterRow } from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { listRows } from "./list-rows.ts";
import { putRow } from "./put-row.ts";

export const mountRegisters: MountRoutes = (app, { gate }) => {
  mount(app, gate, listRegister, (ctx, { params, query }) => listRows(ctx, params.register, query));
  mount(app, gate, putRegisterRow, (ctx, { params, body }) => putRow(ctx, { ...params, ...body }));
};
