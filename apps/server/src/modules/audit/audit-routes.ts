import { Readable } from "node:stream";
import {
  exportAudit as exportAuditEndpoint,
  listAuditLines,
  type AuditFilter,
  type AuditLine,
} from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { audit } from "./audit.ts";
import { PAGE_LINES, readLines } from "./audit-queries.ts";
import { badCursor } from "./problems.ts";

const EXPORT_LINES = 2_000;
const LAST = "9223372036854775807";
const BIGGEST = BigInt(LAST);

const COLUMNS = [
  "seq",
  "occurredAt",
  "login",
  "accountId",
  "action",
  "outcome",
  "subject",
  "address",
  "requestId",
  "detail",
] as const satisfies (keyof AuditLine)[];

/** A cell that a spreadsheet reads as text: nothing in it is run as a formula. */
const cell = (value: unknown): string => {
  const text =
    value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

async function* csvOf(ctx: StaffCtx, filter: AuditFilter): AsyncGenerator<string> {
  // With the mark that tells spreadsheets it is UTF-8.
  yield `\uFEFF${COLUMNS.join(",")}\r\n`;
  let after = "0";
  for (;;) {
    const lines = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      readLines(trx, ctx.county, filter, { after }, EXPORT_LINES),
    );
    for (const line of lines) yield `${COLUMNS.map((name) => cell(line[name])).join(",")}\r\n`;
    const last = lines.at(-1);
    if (last === undefined || lines.length < EXPORT_LINES) return;
    after = last.seq;
  }
}

const placeOf = (cursor: string | undefined): string => {
  if (cursor === undefined) return LAST;
  const seq = Buffer.from(cursor, "base64url").toString("utf8");
  if (!/^\d{1,19}$/.test(seq) || BigInt(seq) > BIGGEST) throw new ProblemError(badCursor);
  return seq;
};

export const mountAudit: MountRoutes = (app, { gate }) => {
  mount(app, gate, listAuditLines, async (ctx, { query: { cursor, ...filter } }) => {
    const before = placeOf(cursor);
    const lines = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      readLines(trx, ctx.county, filter, { before }, PAGE_LINES),
    );
    const last = lines.length === PAGE_LINES ? lines.at(-1) : undefined;
    return {
      lines,
      nextCursor: last === undefined ? null : Buffer.from(last.seq).toString("base64url"),
    };
  });

  mount(app, gate, exportAuditEndpoint, async (ctx, { query }, { request, reply }) => {
    const detail = Object.fromEntries(
      Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    await inScope(ctx.db, scopeOf(ctx), (trx) =>
      audit(trx, ctx, { action: "audit.export", outcome: "done", address: request.ip, detail }),
    );
    return reply
      .header("content-disposition", 'attachment; filename="audit.csv"')
      .header("cache-control", "no-store")
      .type("text/csv; charset=utf-8")
      .send(Readable.from(csvOf(ctx, query)));
  });
};
