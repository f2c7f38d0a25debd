import {
  REGISTER_COLUMNS,
  type RegisterName,
  type RegisterRow,
  type RegisterValue,
} from "@onegrid/contract";
import { isWithin, readRow } from "@onegrid/domain";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { checkRows } from "./check-rows.ts";
import { invalidRow, outsideScope, versionConflict } from "./problems.ts";
import { selectByCodes } from "./register-queries.ts";
import { lockRegister, writeRows } from "./register-store.ts";

export type RowEdit = {
  register: RegisterName;
  code: string;
  /** Version that was read; 0 for a new row. */
  baseVersion: number;
  values: Record<string, RegisterValue>;
};

/** Codes are told by their members here: words belong to spreadsheets. */
const NO_WORDS = new Map<string, string>();

/**
 * Adds a row to a register or writes its next version; the same content again changes nothing.
 * Throws `registers.version_conflict`, `.invalid`, `.outside_scope`.
 */
export const putRow = async (ctx: Ctx, edit: RowEdit): Promise<RegisterRow> => {
  const { countyCode } = ctx.county;
  const { register, code } = edit;
  const columns = REGISTER_COLUMNS[register];
  const read = readRow(columns, { ...edit.values, code }, NO_WORDS);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockRegister(trx, countyCode, register);
    const find = async () => (await selectByCodes(trx, countyCode, register, [code])).get(code);
    const before = await find();
    const version = before?.version ?? 0;
    if (version !== edit.baseVersion) {
      throw new ProblemError(versionConflict(edit.baseVersion, version));
    }
    const gridBefore = before?.values["gridCode"];
    if (typeof gridBefore === "string" && !isWithin(gridBefore, ctx.actor.scopeCode)) {
      throw new ProblemError(outsideScope(gridBefore));
    }
    await checkRows(trx, ctx, register, [read]);
    if (read.problems.length > 0) {
      throw new ProblemError(
        invalidRow(
          read.problems.map(({ column, code: problem, params }) => ({
            field: `/body/values/${column ?? ""}`,
            code: `registers.${problem}`,
            allowed: JSON.stringify(params),
          })),
        ),
      );
    }
    await writeRows(trx, countyCode, register, [read.values], {
      given: new Set(columns.map(({ key }) => key)),
      today: todayOf(ctx),
      sample: false,
    });
    const after = await find();
    if (after === undefined) throw new RangeError(`${register} ${code} was written and is gone`);
    if (after.version !== version) {
      await audit(trx, ctx, {
        action: "register.change",
        outcome: "done",
        subject: `${register} ${code}`,
        detail: { version: after.version },
      });
    }
    return after;
  });
};
