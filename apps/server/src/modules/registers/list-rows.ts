import type { RegisterName, RegisterRow } from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { inScope } from "../../platform/database.ts";
import { badCursor } from "./problems.ts";
import { selectRows, type RegisterFilters } from "./register-queries.ts";

const PAGE = 50;

export type RegisterQuery = RegisterFilters & {
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** A page of a register by code. Throws `registers.bad_cursor`. */
export const listRows = async (
  ctx: Ctx,
  register: RegisterName,
  { cursor, limit = PAGE, ...filters }: RegisterQuery,
): Promise<{ rows: RegisterRow[]; nextCursor: string | null }> => {
  const afterCode = cursor === undefined ? null : readCodeCursor(cursor, badCursor);
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectRows(trx, ctx.county.countyCode, register, { ...filters, afterCode, limit: limit + 1 }),
  );
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last === undefined ? null : writeCodeCursor(last.code) };
};
