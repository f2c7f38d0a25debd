import { getBoard as boardEndpoint } from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { getBoard } from "./get-board.ts";

/** Mounts the results board. */
export const mountBoard: MountRoutes = (app, { gate }) => {
  mount(app, gate, boardEndpoint, (ctx, { query }) => getBoard(ctx, query));
};
