import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import {
  getCaseFile as caseFileEndpoint,
  getExport as getEndpoint,
  getExportFile as fileEndpoint,
  startExport as startEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { makeCaseFile } from "./case-file/make-case-file.ts";
import { exportPath, exportView } from "./export-store.ts";
import { exportNotFound, exportNotReady } from "./problems.ts";
import { getExport, startExport } from "./start-export.ts";

const TYPES: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Mounts the writing of lists to files (start, progress, file) and the file of one case. */
export const mountExports: MountRoutes = (app, { gate, config }) => {
  mount(app, gate, startEndpoint, (ctx, { body }) => startExport(ctx, body));
  mount(app, gate, getEndpoint, async (ctx, { params }) =>
    exportView(await getExport(ctx, params.exportId)),
  );
  mount(app, gate, fileEndpoint, async (ctx, { params }, { reply }) => {
    const row = await getExport(ctx, params.exportId);
    if (row.state !== "done") throw new ProblemError(exportNotReady(row.state));
    const path = exportPath(config, row);
    const found = await stat(path).catch(() => null);
    if (found === null) throw new ProblemError(exportNotFound(params.exportId));
    return reply
      .header("content-disposition", `attachment; filename="cases.${row.format}"`)
      .header("content-length", found.size)
      .header("cache-control", "private, no-store")
      .type(TYPES[row.format] ?? "application/octet-stream")
      .send(createReadStream(path));
  });
  mount(app, gate, caseFileEndpoint, async (ctx, { params, query }, { reply }) => {
    const { number, pdf } = await makeCaseFile(ctx, config, { ...params, ...query });
    return reply
      .header("content-disposition", `attachment; filename="case-${number}.pdf"`)
      .header("cache-control", "private, no-store")
      .type("application/pdf")
      .send(pdf);
  });
};
