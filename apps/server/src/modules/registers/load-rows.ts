import type { RegisterName, RegisterValue } from "@onegrid/contract";
import { REGISTER_COLUMNS } from "@onegrid/contract";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { lockRegister, writeRows, type Written } from "./register-store.ts";

/** Writes whole rows that the program itself made (sample data), in the shape of the columns. */
export const loadRows = (
  ctx: Ctx,
  register: RegisterName,
  rows: readonly Record<string, RegisterValue>[],
): Promise<Written> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockRegister(trx, ctx.county.countyCode, register);
    return writeRows(trx, ctx.county.countyCode, register, rows, {
      given: new Set(REGISTER_COLUMNS[register].map(({ key }) => key)),
      today: todayOf(ctx),
      sample: ctx.county.sample,
    });
  });
