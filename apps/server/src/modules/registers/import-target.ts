import type { RegisterName } from "@onegrid/contract";
import { todayOf } from "../../platform/context.ts";
import { writeInParts, type ImportTarget } from "../../platform/import-target.ts";
import { checkRows } from "./check-rows.ts";
import { listRows } from "./list-rows.ts";
import { lockRegister, writeRows } from "./register-store.ts";

const ROWS_AT_ONCE = 5_000;

/** A register as something that tables are brought into and taken out of. */
export const registerTarget = (register: RegisterName): ImportTarget => ({
  lock: (trx, ctx) => lockRegister(trx, ctx.county.countyCode, register),
  check: (trx, ctx, rows) => checkRows(trx, ctx, register, rows),
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const options = { given, today: todayOf(ctx), sample: false };
    return writeInParts(rows, ROWS_AT_ONCE, onProgress, (part) =>
      writeRows(trx, ctx.county.countyCode, register, part, options),
    );
  },
  page: async (ctx, cursor, limit) => {
    const { scopeCode } = ctx.actor;
    const grid = scopeCode === ctx.county.countyCode ? undefined : scopeCode;
    const { rows, nextCursor } = await listRows(ctx, register, { cursor, limit, grid });
    return { rows: rows.map(({ values }) => values), nextCursor };
  },
});
