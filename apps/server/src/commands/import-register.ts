import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import {
  IMPORT_KINDS,
  IMPORT_MAX_BYTES,
  type ImportIssue,
  type ImportKind,
  type ImportReport,
} from "@onegrid/contract";
import { SingleBar } from "cli-progress";
import { markTable, runImport, writeTemplate } from "../modules/imports/index.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid import register KIND FILE [OPTIONS]
       ./onegrid import register KIND --template FILE.xlsx

Brings a register in from XLSX or CSV, by code: all of the file, or nothing. The same file again
changes nothing; what the file does not name stays, as do columns it does not have.

  KIND                  ${IMPORT_KINDS.join(", ")}

Columns are found by their headings, Chinese or English; ask for the template to see them.

  --template FILE       write an empty table with its explanation and allowed values, and end
  --skip-faulty         store the rows without a fault, leave out the others
  --dry-run             check everything, store nothing
  --marked FILE.xlsx    when rows have faults, write the table with each fault marked in its row
  --language LANGUAGE   of headings and faults: zh-CN or en (default: zh-CN)
  --county CODE         which county, where there is more than one
  --json                print the whole report as JSON
${WHERE_HELP}

Exit code 0 when the file was stored or would be; 1 when a row has a fault.`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  template: { type: "string" },
  marked: { type: "string" },
  language: { type: "string", default: "zh-CN" },
  "skip-faulty": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Faults printed in full; the marked file has all. */
const SHOWN_ISSUES = 100;
const HELP = "See: ./onegrid import register --help";

const readFile = (path: string): Uint8Array => {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= IMPORT_MAX_BYTES) return bytes;
  } catch (cause) {
    const said = `${path} cannot be read: ${messageOf(cause)}`;
    throw new OperatorError("import.no_file", said, undefined, { cause });
  }
  throw new OperatorError("import.too_large", `${path} has more than ${IMPORT_MAX_BYTES} bytes.`);
};

const issueLine = ({ row, column, code, params, found }: ImportIssue): string => {
  const where = [row === null ? "file" : `row ${row}`, column ?? ""].filter((part) => part !== "");
  const told = Object.entries(params).map(([key, value]) => `${key} ${String(value)}`);
  const shown = [...told, ...(found === null ? [] : [`found ${found}`])].join(", ");
  return `${where.join(", ")}: ${code}${shown === "" ? "" : ` (${shown})`}`;
};

const print = (report: ImportReport, stored: boolean, dryRun: boolean): void => {
  const { read, added, changed, unchanged, faulty, issues, issueCount, ignored } = report;
  for (const issue of issues.slice(0, SHOWN_ISSUES)) console.log(issueLine(issue));
  const shown = Math.min(issues.length, SHOWN_ISSUES);
  if (issueCount > shown) console.log(`… and ${issueCount - shown} more; --marked FILE has all`);
  if (ignored.length > 0) console.log(`Columns left out: ${ignored.join(", ")}`);
  console.log(
    `${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${faulty} faulty`,
  );
  if (dryRun) console.log("Dry run: nothing was stored.");
  else console.log(stored ? "Stored." : "Refused: nothing was stored.");
};

/** A bar of rows; silent where nobody looks (a pipe, CI). */
const rowBar = () => {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  const format = "rows {bar} {percentage}% {value}/{total}";
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true });
  return {
    show: (done: number, total: number) => {
      if (bar.isActive) bar.update(done);
      else bar.start(total, done);
    },
    stop: () => bar.stop(),
  };
};

const kindOf = (word: string | undefined): ImportKind => {
  const kind = IMPORT_KINDS.find((known) => known === word);
  if (kind !== undefined) return kind;
  throw new OperatorError("cli.missing_word", `Which kind? ${IMPORT_KINDS.join(", ")}`, HELP);
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("import register", argv, OPTIONS, 2);
  const kind = kindOf(positionals[0]);
  const path = positionals[1];
  const { template, marked } = values;
  const language = values.language === "en" ? "en" : "zh-CN";
  if (template !== undefined) {
    const bytes = await withCounty(whereabouts(values), values.county, (ctx) =>
      writeTemplate(ctx, kind, language),
    );
    writeFileSync(template, bytes);
    console.log(`Written: ${template}`);
    return 0;
  }
  if (path === undefined) throw new OperatorError("cli.missing_word", "Which file?", HELP);
  const bytes = readFile(path);
  const dryRun = values["dry-run"];
  const faultyRows = dryRun ? null : values["skip-faulty"] ? "skip" : "refuse";
  const bar = rowBar();
  try {
    const { report, stored, table } = await withCounty(
      whereabouts(values),
      values.county,
      (ctx, { dataKey }) =>
        runImport(
          ctx,
          dataKey,
          { kind, bytes, fileName: basename(path), language, faultyRows },
          async ({ done, total }) => bar.show(done, total),
        ),
    );
    bar.stop();
    if (marked !== undefined && report.faulty > 0) {
      const file = await markTable(kind, language, table);
      if (file !== null) writeFileSync(marked, file);
    }
    if (values.json) console.log(JSON.stringify({ ...report, stored }, null, 2));
    else print(report, stored, dryRun);
    return report.issueCount > 0 ? 1 : 0;
  } finally {
    bar.stop();
  }
}

export const command: Command = { usage, run };
