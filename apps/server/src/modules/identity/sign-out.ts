import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import { endSession } from "./session-store.ts";

/** Ends the session on the server: its cookie opens nothing any more. */
export const signOut = (ctx: StaffCtx, secret: string, address: string): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await endSession(trx, ctx.county.countyCode, secret);
    await audit(trx, ctx, { action: "session.sign_out", outcome: "done", address });
  });
