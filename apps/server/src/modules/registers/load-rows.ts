import type { RegisterName, RegisterValue } from "@onegrid/contract";
import { REGISTER_COLUMNS } from "@onegrid/contract";
import { localDayOf } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
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
      today: localDayOf(ctx.clock.now().getTime(), ctx.county.timeZone),
      sample: ctx.county.sample,
    });
  });
