import {
  exportAccounts,
  exportCallbacks,
  exportCategories,
  exportDepartments,
  exportNotices,
  type ExportFormat,
  type Notice,
} from "@onegrid/contract";
import { createWords } from "@onegrid/ui";
import type { FastifyReply } from "fastify";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import { sendFile } from "../../platform/send-file.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { audit } from "../audit/index.ts";
import { categoriesOf, departmentsOf } from "../catalogue/index.ts";
import { listCallbacks } from "../feedback/index.ts";
import { listAccounts } from "../identity/index.ts";
import { listNotices } from "../notices/index.ts";
import type { Column } from "./columns.ts";
import {
  accountColumns,
  callbackColumns,
  categoryColumns,
  departmentColumns,
  noticeColumns,
  type Writing,
} from "./list-columns.ts";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };
import { csvOf, xlsxOf } from "./write-tables.ts";

const TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

type Wish = { format: ExportFormat; language: "zh-CN" | "en" };
type ListFile<Row> = {
  /** Key of its name under `export`, and its name in the audit log. */
  name: string;
  columns: (writing: Writing) => Column<Row>[];
  rows: readonly Row[];
};

/** Records that the list was taken out, and sends it as a file in the language of whoever asks. */
const sendList = async <Row>(
  ctx: StaffCtx,
  reply: FastifyReply,
  { format, language }: Wish,
  { name, columns, rows }: ListFile<Row>,
): Promise<FastifyReply> => {
  const words = createWords({ "zh-CN": zhCN, en }, language);
  const t: Writing["t"] = (key, params = {}) => words.t(key, params);
  const table = columns({ t, timeZone: ctx.county.timeZone });
  const head = table.map(({ heading }) => heading);
  const lines = rows.map((row) => table.map(({ cell }) => cell(row)));
  const title = t(`export>${name}`);
  const content =
    format === "csv" ? csvOf(head, lines) : await xlsxOf([{ name: title, head, rows: lines }]);
  await inScope(ctx.db, scopeOf(ctx), (trx) =>
    audit(trx, ctx, {
      action: "list.export",
      outcome: "done",
      subject: name,
      detail: { format, rows: rows.length },
    }),
  );
  const file = { bytes: Buffer.from(content), fileName: `${title}.${format}`, type: TYPES[format] };
  return sendFile(reply, file);
};

/** Every notice of the own grids, page by page. */
const allNotices = async (ctx: StaffCtx): Promise<Notice[]> => {
  const rows: Notice[] = [];
  let cursor: string | undefined;
  do {
    const page = await listNotices(ctx, { limit: 100, cursor });
    rows.push(...page.notices);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};

/** Mounts the lists that are answered at once as a file. */
export const mountListFiles: MountRoutes = (app, { gate, config }) => {
  mount(app, gate, exportAccounts, async (ctx, { query }, { reply }) => {
    const accounts = await listAccounts(ctx);
    const rows = accounts.map((account) => ({
      ...account,
      disabledAt: account.disabledAt?.toISOString() ?? null,
    }));
    return sendList(ctx, reply, query, { name: "accounts", columns: accountColumns, rows });
  });
  mount(app, gate, exportNotices, async (ctx, { query }, { reply }) => {
    const rows = await allNotices(ctx);
    return sendList(ctx, reply, query, { name: "notices", columns: noticeColumns, rows });
  });
  mount(app, gate, exportCallbacks, async (ctx, { query }, { reply }) => {
    const { callbacks: rows } = await listCallbacks(ctx, config);
    return sendList(ctx, reply, query, { name: "callbacks", columns: callbackColumns, rows });
  });
  mount(app, gate, exportCategories, async (ctx, { query }, { reply }) => {
    const rows = [...(await categoriesOf(ctx.db, ctx.county.countyCode)).values()];
    return sendList(ctx, reply, query, { name: "categories", columns: categoryColumns, rows });
  });
  mount(app, gate, exportDepartments, async (ctx, { query }, { reply }) => {
    const rows = [...(await departmentsOf(ctx.db, ctx.county.countyCode)).values()];
    return sendList(ctx, reply, query, { name: "departments", columns: departmentColumns, rows });
  });
};
