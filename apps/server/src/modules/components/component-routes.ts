import {
  exportComponents as exportEndpoint,
  getComponent as getEndpoint,
  listComponents as listEndpoint,
  putComponent as putEndpoint,
} from "@onegrid/contract";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import { sendFile } from "../../platform/send-file.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { inCounty, selectComponent, selectComponents } from "./component-queries.ts";
import { exportComponentFile } from "./export-components.ts";
import { badCursor, componentNotFound } from "./problems.ts";
import { putComponent } from "./put-component.ts";

const DEFAULT_ROWS = 50;

/** Mounts the list of components, one of them, and its editing. */
export const mountComponents: MountRoutes = (app, { gate }) => {
  mount(app, gate, listEndpoint, (ctx, { query }) => {
    const { countyCode } = ctx.county;
    const { cursor, limit = DEFAULT_ROWS, ...filters } = query;
    const after = cursor === undefined ? null : readCodeCursor(cursor, badCursor());
    return inScope(ctx.db, inCounty(countyCode), async (trx) => {
      const found = await selectComponents(trx, countyCode, filters, after, limit + 1);
      const components = found.slice(0, limit);
      const last = found.length > limit ? components.at(-1) : undefined;
      return { components, nextCursor: last ? writeCodeCursor(last.componentCode) : null };
    });
  });

  mount(app, gate, exportEndpoint, async (ctx, { query }, { reply }) =>
    sendFile(reply, await exportComponentFile(ctx, query.format)),
  );

  mount(app, gate, getEndpoint, async (ctx, { params: { componentCode } }) => {
    const { countyCode } = ctx.county;
    const component = await inScope(ctx.db, inCounty(countyCode), (trx) =>
      selectComponent(trx, countyCode, componentCode),
    );
    if (component === undefined) throw new ProblemError(componentNotFound(componentCode));
    return component;
  });

  mount(app, gate, putEndpoint, (ctx, { params, body }) =>
    putComponent(ctx, { ...body, ...params }),
  );
};
