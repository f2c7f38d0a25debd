import type { PostTemplate, RegisterValue } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import {
  textIn,
  writeInParts,
  type ImportRow,
  type ImportTarget,
  type Written,
} from "../../platform/import-target.ts";
import { gridsOf } from "../grids/index.ts";
import { selectTemplates } from "./post-queries.ts";
import { listPosts } from "./posts.ts";

const ROWS_A_STATEMENT = 1_000;

type Values = Record<string, RegisterValue>;

/** By code and by name, in which people write it. */
const templatesBy = async (trx: Trx, ctx: Ctx): Promise<Map<string, PostTemplate>> => {
  const templates = await selectTemplates(trx, ctx.county.countyCode);
  return new Map([
    ...templates.map((template) => [template.name, template] as const),
    ...templates.map((template) => [template.templateCode, template] as const),
  ]);
};

type Known = { code: string; templateCode: string; gridCode: string; openedOn: string };

const selectKnown = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
): Promise<Map<string, Known>> => {
  const { rows } = await sql<Known>`
    SELECT post_code AS code, template_code AS "templateCode", grid_code AS "gridCode",
      opened_on AS "openedOn"
    FROM post WHERE county_code = ${countyCode}
      AND post_code = ANY (${codes as string[]}::text[])`.execute(trx);
  return new Map(rows.map((row) => [row.code, row]));
};

const check = async (trx: Trx, ctx: Ctx, rows: readonly ImportRow[]): Promise<void> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const grids = await gridsOf(ctx);
  const templates = await templatesBy(trx, ctx);
  const codes = rows.flatMap(({ values }) => textIn(values, "code") ?? []);
  const known = await selectKnown(trx, countyCode, codes);
  for (const { values, problems } of rows) {
    const add = (column: string, code: string, params: Record<string, unknown> = {}) =>
      problems.push({ column, code: `posts.${code}`, params });
    const template = templates.get(textIn(values, "template") ?? "");
    const gridCode = textIn(values, "gridCode");
    const before = known.get(textIn(values, "code") ?? "");
    if (template === undefined && values["template"] !== undefined) {
      add("template", "unknown_template");
    }
    if (gridCode !== null) {
      const grid = grids.get(gridCode);
      if (grid === undefined) add("gridCode", "unknown_grid");
      else if (!isWithin(gridCode, ctx.actor.scopeCode)) add("gridCode", "outside_scope");
      else if (template !== undefined && template.gridLevel !== grid.level) {
        add("gridCode", "wrong_grid_level");
      }
    }
    // A post stays what and where it is: who held it would be told wrong of past days.
    const isMoved =
      before !== undefined &&
      ((template !== undefined && template.templateCode !== before.templateCode) ||
        (gridCode !== null && gridCode !== before.gridCode));
    if (isMoved) add("code", "code_taken");
    const openedOn = before?.openedOn ?? textIn(values, "openedOn") ?? today;
    const closedOn = textIn(values, "closedOn");
    if (closedOn !== null && closedOn < openedOn) {
      problems.push({ column: "closedOn", code: "ends_before_it_begins", params: {} });
    }
  }
};

const writePart = async (
  trx: Trx,
  ctx: Ctx,
  rows: readonly Values[],
  given: ReadonlySet<string>,
  templates: ReadonlyMap<string, PostTemplate>,
): Promise<Written> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const records = rows.map((values) => ({
    code: textIn(values, "code"),
    templateCode: templates.get(textIn(values, "template") ?? "")?.templateCode,
    gridCode: textIn(values, "gridCode"),
    dutyPhone: textIn(values, "dutyPhone"),
    serviceHours: textIn(values, "serviceHours"),
    openedOn: textIn(values, "openedOn") ?? today,
    closedOn: textIn(values, "closedOn"),
  }));
  const table = sql`jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(code text,
    "templateCode" text, "gridCode" text, "dutyPhone" text, "serviceHours" text, "openedOn" date,
    "closedOn" date)`;
  const next = (key: string, column: string) =>
    given.has(key) ? sql`r.${sql.ref(key)}` : sql`p.${sql.ref(column)}`;
  const facts = sql.join([
    next("dutyPhone", "duty_phone"),
    next("serviceHours", "service_hours"),
    next("closedOn", "closed_on"),
  ]);
  const changed = await sql`
    UPDATE post p SET (duty_phone, service_hours, closed_on) = ROW (${facts}), sample = false
    FROM ${table}
    WHERE p.county_code = ${countyCode} AND p.post_code = r.code
      AND (p.duty_phone, p.service_hours, p.closed_on) IS DISTINCT FROM (${facts})
    RETURNING p.post_code`.execute(trx);
  const added = await sql`
    INSERT INTO post (county_code, post_code, template_code, grid_code, duty_phone, service_hours,
      opened_on, closed_on, sample)
    SELECT ${countyCode}, code, "templateCode", "gridCode", "dutyPhone", "serviceHours",
      "openedOn", "closedOn", false
    FROM ${table} ON CONFLICT (county_code, post_code) DO NOTHING RETURNING post_code`.execute(trx);
  return {
    added: added.rows.length,
    changed: changed.rows.length,
    unchanged: rows.length - added.rows.length - changed.rows.length,
  };
};

/** Posts as something that tables are brought into: new ones are opened, known ones keep their place. */
export const postTarget: ImportTarget = {
  lock: async (trx, ctx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('posts'),
      hashtext(${ctx.county.countyCode}))`.execute(trx);
  },
  check,
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const templates = await templatesBy(trx, ctx);
    return writeInParts(rows, ROWS_A_STATEMENT, onProgress, (part) =>
      writePart(trx, ctx, part, given, templates),
    );
  },
  page: async (ctx, cursor, limit) => {
    const page = await listPosts(ctx, { cursor, limit, grid: ctx.actor.scopeCode });
    return {
      nextCursor: page.nextCursor,
      rows: page.posts.map((post) => ({
        code: post.postCode,
        template: post.templateName,
        gridCode: post.gridCode,
        dutyPhone: post.dutyPhone,
        serviceHours: post.serviceHours,
        openedOn: post.openedOn,
        closedOn: post.closedOn,
      })),
    };
  },
};
