import {
  endSubstitution as endEndpoint,
  listGridStaff,
  listSubstitutions,
  putSubstitution,
} from "@onegrid/contract";
import { scopeOf, todayOf } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { permits } from "../access/index.ts";
import { gridsOf } from "../grids/index.ts";
import { arrangeSubstitution, endSubstitution } from "./arrange-substitution.ts";
import { readStaff, readSubstitutions } from "./substitution-queries.ts";
import { substitutionViews } from "./substitution-views.ts";

export const mountSubstitutions: MountRoutes = (app, { gate }) => {
  mount(app, gate, listSubstitutions, async (ctx) => {
    const { accountId, role, scopeCode } = ctx.actor;
    const subtree = permits(role, "work.arrange") ? scopeCode : null;
    const today = todayOf(ctx);
    const rows = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      readSubstitutions(trx, ctx.county.countyCode, { accountId, subtree }, today),
    );
    return { today, substitutions: await substitutionViews(ctx, rows) };
  });
  mount(app, gate, putSubstitution, (ctx, { params, body }) =>
    arrangeSubstitution(ctx, { ...params, ...body }),
  );
  mount(app, gate, endEndpoint, async (ctx, { params }) => {
    await endSubstitution(ctx, params.substitutionId);
    return undefined;
  });
  mount(app, gate, listGridStaff, async (ctx) => {
    const [grids, rows] = await Promise.all([
      gridsOf(ctx),
      inScope(ctx.db, scopeOf(ctx), (trx) =>
        readStaff(trx, ctx.county.countyCode, ctx.actor.scopeCode),
      ),
    ]);
    return {
      staff: rows.map((row) => ({
        accountId: row.account_id,
        name: row.name,
        role: row.role,
        scopeCode: row.scope_code,
        scopeName: grids.get(row.scope_code)?.name ?? row.scope_code,
        openCases: row.open_cases,
      })),
    };
  });
};
