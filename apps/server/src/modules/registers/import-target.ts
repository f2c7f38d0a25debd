import type { RegisterName } from "@onegrid/contract";
import { localDayOf } from "@onegrid/domain";
import {
  NOTHING_WRITTEN,
  partsOf,
  sumOfWritten,
  type ImportTarget,
} from "../../platform/import-target.ts";
import { checkRows } from "./check-rows.ts";
import { listRows } from "./list-rows.ts";
import { lockRegister, writeRows } from "./register-store.ts";

const ROWS_AT_ONCE = 5_000;

/** A register as something that tables are brought into and taken out of. */
export const registerTarget = (register: RegisterName): ImportTarget => ({
  lock: (trx, ctx) => lockRegister(trx, ctx.county.countyCode, register),
  check: (trx, ctx, rows) => checkRows(trx, ctx, register, rows),
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const { countyCode, timeZone } = ctx.county;
    const today = localDayOf(ctx.clock.now().getTime(), timeZone);
    let written = NOTHING_WRITTEN;
    let done = 0;
    for (const part of partsOf(rows, ROWS_AT_ONCE)) {
      const options = { given, today, sample: false };
      written = sumOfWritten(written, await writeRows(trx, countyCode, register, part, options));
      done += part.length;
      await onProgress(done);
    }
    return written;
  },
  page: async (ctx, cursor, limit) => {
    const { scopeCode } = ctx.actor;
    const grid = scopeCode === ctx.county.countyCode ? undefined : scopeCode;
    const { rows, nextCursor } = await listRows(ctx, register, { cursor, limit, grid });
    return { rows: rows.map(({ values }) => values), nextCursor };
  },
});
