import { REGISTER_COLUMNS, type RegisterName } from "@onegrid/contract";
import { contradictionsIn, isWithin } from "@onegrid/domain";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { textIn, type ImportRow } from "../../platform/import-target.ts";
import { gridsOf } from "../grids/index.ts";
import { selectByCodes, selectKnownCodes } from "./register-queries.ts";

const distinct = (rows: readonly ImportRow[], key: string): string[] => [
  ...new Set(
    rows.flatMap(({ values }) => {
      const value = values[key];
      return typeof value === "string" ? [value] : [];
    }),
  ),
];

/**
 * What a row says together with what it leaves as it is: a state that needs a reason the row does
 * not give, a last day before the first one in the register. Nobody moves a row out of a grid that
 * is not the own.
 */
const checkBefore = async (
  trx: Trx,
  ctx: Ctx,
  register: RegisterName,
  rows: readonly ImportRow[],
): Promise<void> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const codes = rows.flatMap(({ values }) => textIn(values, "code") ?? []);
  const known = await selectByCodes(trx, countyCode, register, codes);
  for (const { values, problems } of rows) {
    const before = known.get(textIn(values, "code") ?? "")?.values ?? {};
    const gridCode = textIn(before, "gridCode");
    if (gridCode !== null && !isWithin(gridCode, ctx.actor.scopeCode)) {
      problems.push({ column: "code", code: "outside_scope", params: { found: gridCode } });
    }
    const validFrom = values["validFrom"] ?? before["validFrom"] ?? today;
    for (const found of contradictionsIn({ lacks: [], ...before, ...values, validFrom })) {
      if (!problems.some(({ code }) => code === found.code)) problems.push(found);
    }
  }
};

/**
 * Adds to each row what cannot be known from the row alone: codes that name nothing, a grid outside
 * the actor's scope, and the row it would overwrite lying outside it. One statement a register that
 * is named, whatever the number of rows.
 */
export const checkRows = async (
  trx: Trx,
  ctx: Ctx,
  register: RegisterName,
  rows: readonly ImportRow[],
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
  await checkBefore(trx, ctx, register, rows);
};
