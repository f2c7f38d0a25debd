import type { RegisterValue } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import {
  textIn,
  writeInParts,
  type ImportRow,
  type ImportTarget,
  type Written,
} from "../../platform/import-target.ts";
import { gridsOf } from "../grids/index.ts";
import { listFormerPosts } from "./former-posts.ts";

const ROWS_A_STATEMENT = 2_000;

type Values = Record<string, RegisterValue>;

/** Codes that are in use in a grid outside the actor's scope, or whose post has ended. */
const selectKept = async (trx: Trx, ctx: Ctx, codes: readonly string[]) => {
  const { rows } = await sql<{ code: string; gridCode: string; isEnded: boolean }>`
    SELECT code, grid_code AS "gridCode", ended_on IS NOT NULL AS "isEnded" FROM former_post
    WHERE county_code = ${ctx.county.countyCode}
      AND code = ANY (${codes as string[]}::text[])`.execute(trx);
  return new Map(rows.map((row) => [row.code, row]));
};

const check = async (trx: Trx, ctx: Ctx, rows: readonly ImportRow[]): Promise<void> => {
  const grids = await gridsOf(ctx);
  const codes = rows.flatMap(({ values }) => textIn(values, "code") ?? []);
  const kept = await selectKept(trx, ctx, codes);
  for (const { values, problems } of rows) {
    const add = (column: string, code: string) => problems.push({ column, code, params: {} });
    const gridCode = textIn(values, "gridCode");
    if (gridCode !== null) {
      if (grids.get(gridCode) === undefined) add("gridCode", "posts.unknown_grid");
      else if (!isWithin(gridCode, ctx.actor.scopeCode)) add("gridCode", "posts.outside_scope");
    }
    const before = kept.get(textIn(values, "code") ?? "");
    if (before === undefined) continue;
    if (!isWithin(before.gridCode, ctx.actor.scopeCode)) add("code", "posts.outside_scope");
    // Another street's reassignment would have ended a post that is not there.
    else if (before.isEnded && gridCode !== null && gridCode !== before.gridCode) {
      add("gridCode", "reassignment.former_ended");
    }
  }
};

const write = async (trx: Trx, ctx: Ctx, rows: readonly Values[]): Promise<Written> => {
  const records = rows.map((values) => ({
    code: textIn(values, "code"),
    name: textIn(values, "personName"),
    net: textIn(values, "net"),
    role: textIn(values, "formerRole"),
    gridCode: textIn(values, "gridCode"),
  }));
  const { rows: touched } = await sql<{ isNew: boolean }>`
    INSERT INTO former_post AS f (county_code, code, person_name, net, role, grid_code)
    SELECT ${ctx.county.countyCode}, code, name, net, role, "gridCode"
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS r(code text, name text, net text, role text, "gridCode" text)
    ON CONFLICT (county_code, code) DO UPDATE SET person_name = excluded.person_name,
      net = excluded.net, role = excluded.role, grid_code = excluded.grid_code
    WHERE (f.person_name, f.net, f.role, f.grid_code)
      IS DISTINCT FROM (excluded.person_name, excluded.net, excluded.role, excluded.grid_code)
    RETURNING xmax = 0 AS "isNew"`.execute(trx);
  const added = touched.filter(({ isNew }) => isNew).length;
  return { added, changed: touched.length - added, unchanged: rows.length - touched.length };
};

/** 原岗位 as something that tables are brought into and taken out of. */
export const formerPostTarget: ImportTarget = {
  lock: async (trx, ctx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('former_posts'),
      hashtext(${ctx.county.countyCode}))`.execute(trx);
  },
  check: (trx, ctx, rows) => check(trx, ctx, rows),
  write: (trx, ctx, rows, { onProgress }) =>
    writeInParts(rows, ROWS_A_STATEMENT, onProgress, (part) => write(trx, ctx, part)),
  page: async (ctx, cursor, limit) => {
    const { formerPosts, nextCursor } = await listFormerPosts(ctx, { cursor, limit });
    return {
      rows: formerPosts.map(({ code, personName, net, role, gridCode }) => ({
        code,
        personName,
        net,
        formerRole: role,
        gridCode,
      })),
      nextCursor,
    };
  },
};
