import type { RegisterName } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { lockRegister } from "./register-store.ts";
import { tableOf } from "./register-table.ts";

/** Rows of a register go to other grids, each in its next version, in the transaction of a change of grids. */
export const moveRows = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
  rows: readonly { code: string; gridCode: string }[],
): Promise<void> => {
  if (rows.length === 0) return;
  await lockRegister(trx, countyCode, register);
  await sql`
    UPDATE ${tableOf(register).name} t SET grid_code = r."gridCode", version = t.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(code text, "gridCode" text)
    WHERE t.county_code = ${countyCode} AND t.code = r.code`.execute(trx);
};
