import { z } from "zod";
import { EXPORT_FORMATS, EXPORT_LANGUAGES } from "./desk.ts";
import { endpoint, type Permission } from "./endpoint.ts";

/**
 * Lists that are short enough to be answered at once as a file. Cases are written in the background
 * (`exports.start`), registers in the columns of their templates (`registerImports.export`).
 */
const listExport = <Allowed extends Permission>(
  noun: string,
  permission: Allowed,
  summary: string,
) =>
  endpoint({
    name: `${noun}.export`,
    method: "GET",
    path: `/api/v1/${noun}/export`,
    permission,
    summary: `${summary}, as a file; asking is in the audit log`,
    query: z.strictObject({
      format: z.enum(EXPORT_FORMATS),
      language: z.enum(EXPORT_LANGUAGES).default("zh-CN"),
    }),
    answer: z.undefined(),
  });

export const exportAccounts = listExport(
  "accounts",
  "accounts.manage",
  "Every account of the county",
);
export const exportNotices = listExport("notices", "organisation.read", "Notices in the own grids");
export const exportCallbacks = listExport(
  "callbacks",
  "callbacks.handle",
  "Calls of the sample that wait, contacts masked",
);
export const exportCategories = listExport(
  "categories",
  "configuration.read",
  "The authority list in its present version",
);
export const exportDepartments = listExport(
  "departments",
  "configuration.read",
  "Departments that can be given cases",
);
