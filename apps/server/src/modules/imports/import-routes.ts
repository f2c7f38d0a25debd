import { Readable } from "node:stream";
import {
  applyImport as applyEndpoint,
  exportRegister as exportEndpoint,
  getImport as getEndpoint,
  getImportTemplate as templateEndpoint,
  getMarkedFile as markedEndpoint,
  IMPORT_MAX_BYTES,
  putImport as putEndpoint,
  type ImportKind,
} from "@onegrid/contract";
import type { FastifyReply } from "fastify";
import type { StaffCtx } from "../../platform/context.ts";
import { mount, type Raw } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes, Services } from "../../platform/services.ts";
import { exportRegister } from "./export-register.ts";
import { importView, keptFile, type ImportRecord } from "./import-store.ts";
import { markTable } from "./mark-table.ts";
import { fileTooLarge, importNotFound, notChecked } from "./problems.ts";
import { runImport } from "./run-import.ts";
import { applyImport, getImport, startImport } from "./start-import.ts";
import { translator, type ImportLanguage } from "./words.ts";
import { writeTemplate } from "./write-template.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The body, as long as it may be; a longer one is cut off and refused. */
const bodyOf = async ({ request, reply }: Raw): Promise<Buffer> => {
  const tooLarge = () => {
    // What is still on its way is not waited for.
    void reply.header("connection", "close");
    return new ProblemError(fileTooLarge);
  };
  if (Number(request.headers["content-length"] ?? 0) > IMPORT_MAX_BYTES) throw tooLarge();
  const { body } = request;
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > IMPORT_MAX_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const sendFile = (
  reply: FastifyReply,
  name: string,
  type: string,
  content: Buffer | string,
): FastifyReply =>
  reply
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header("cache-control", "private, no-store")
    .type(type)
    .send(content);

const nameOf = (kind: ImportKind, language: ImportLanguage, word: string): string => {
  const t = translator(language);
  return `${t(`importKind>${kind}`)}-${t(`importTable>${word}`)}`;
};

/** The marked file is made of the kept one anew: nothing more than that lies about. */
const markedFile = async (
  ctx: StaffCtx,
  { config }: Services,
  row: ImportRecord,
): Promise<Buffer> => {
  const kind = row.kind as ImportKind;
  const language: ImportLanguage = row.language === "en" ? "en" : "zh-CN";
  if (!["checked", "applied"].includes(row.state)) throw new ProblemError(notChecked(row.state));
  const bytes = await keptFile(config, row);
  if (bytes === null) throw new ProblemError(importNotFound(row.import_id));
  const input = { kind, bytes, fileName: row.file_name, language, faultyRows: null };
  const { table } = await runImport(ctx, config.dataKey, input);
  const marked = await markTable(kind, language, table);
  if (marked === null) throw new ProblemError(notChecked(row.state));
  return marked;
};

/** Mounts templates, imports (upload, look, store, marked file) and the taking out of registers. */
export const mountImports: MountRoutes = async (app, services) => {
  const { gate, config } = services;
  mount(app, gate, templateEndpoint, async (ctx, { params, query }, { reply }) => {
    const { language = "zh-CN" } = query;
    const name = `${nameOf(params.kind, language, "template")}.xlsx`;
    return sendFile(reply, name, XLSX, await writeTemplate(ctx, params.kind, language));
  });
  mount(app, gate, getEndpoint, async (ctx, { params }) =>
    importView(await getImport(ctx, params.importId)),
  );
  mount(app, gate, applyEndpoint, (ctx, { params, body }) =>
    applyImport(ctx, params.importId, body.faultyRows),
  );
  mount(app, gate, markedEndpoint, async (ctx, { params }, { reply }) => {
    const row = await getImport(ctx, params.importId);
    const name = row.file_name.replace(/\.[^.]*$/, "");
    return sendFile(reply, `${name}-✎.xlsx`, XLSX, await markedFile(ctx, services, row));
  });
  mount(app, gate, exportEndpoint, async (ctx, { params, query }, { reply }) => {
    const { format, language = "zh-CN" } = query;
    const content = await exportRegister(ctx, config.dataKey, params.kind, { format, language });
    const type = format === "csv" ? "text/csv; charset=utf-8" : XLSX;
    return sendFile(reply, `${nameOf(params.kind, language, "export")}.${format}`, type, content);
  });
  await app.register(async (scope) => {
    // Whatever it claims to be, the body is passed on unread: its bytes are judged.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => {
      done(null, payload);
    });
    mount(scope, gate, putEndpoint, async (ctx, { params, query }, raw) => {
      const { language = "zh-CN", ...named } = query;
      const bytes = await bodyOf(raw);
      return startImport(ctx, config, { ...params, ...named, language, bytes });
    });
  });
};
