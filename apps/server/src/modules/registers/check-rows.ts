import { REGISTER_COLUMNS, type RegisterName, type RegisterValue } from "@onegrid/contract";
import { isWithin, type RowProblem } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { gridsOf } from "../grids/index.ts";
import { selectKnownCodes } from "./register-queries.ts";

export type RowToCheck = { values: Record<string, RegisterValue>; problems: RowProblem[] };

const distinct = (rows: readonly RowToCheck[], key: string): string[] => [
  ...new Set(
    rows.flatMap(({ values }) => {
      const value = values[key];
      return typeof value === "string" ? [value] : [];
    }),
  ),
];

/**
 * Adds to each row what cannot be known from the row alone: codes that name nothing, a grid outside
 * the actor's scope, and the row it would overwrite lying outside it. One statement a register that
 * is named, whatever the number of rows.
 */
export const checkRows = async (
  trx: Trx,
  ctx: Ctx,
  register: RegisterName,
  rows: readonly RowToCheck[],
): Promise<void> => {
  const { countyCode } = ctx.county;
  const grids = await gridsOf(ctx);
  for (const column of REGISTER_COLUMNS[register]) {
    if (column.names === undefined) continue;
    const names = column.names;
    const known =
      names === "grid"
        ? { has: (code: string) => grids.get(code) !== undefined }
        : await selectKnownCodes(trx, countyCode, names, distinct(rows, column.key));
    for (const { values, problems } of rows) {
      const code = values[column.key];
      if (typeof code !== "string") continue;
      if (!known.has(code)) {
        problems.push({ column: column.key, code: "unknown_code", params: { found: code } });
      } else if (names === "grid" && !isWithin(code, ctx.actor.scopeCode)) {
        problems.push({ column: column.key, code: "outside_scope", params: { found: code } });
      }
    }
  }
};
