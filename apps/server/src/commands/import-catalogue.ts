import { readFileSync } from "node:fs";
import {
  type CatalogueImportReport,
  COUNTED_KINDS,
  importCatalogue,
  type ImportIssue,
} from "../modules/catalogue/index.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid import catalogue FILE [OPTIONS]

Loads a county's code table or authority list: all of the file, or nothing. The same file again
changes nothing; a changed category gets its next version, and cases keep the limit they began with.
The file's content decides what it is:

  code table      JSON   {"standard": "GB/T 47678.5-2026 …", "components": [{"code": "01001",
                         "major_name": …, "name": …}], "matters": [{…, "component_code": …}]}
                  CSV    standard,kind,classCode,majorName,name[,componentCode]
                  replaces the county's table of that standard
  authority list  JSON   {"departments": [{"unitCode", "name", "nets", "dutyPhone"}], "categories":
                         [{"categoryCode", "net", "kind", "name", "words", "ownerUnitCode",
                         "startTier", "limit": {"amount", "unit"}, "emergency", "standardClass",
                         "active"}]}
                  CSV    categoryCode,net,kind,name,words,ownerUnitCode,startTier,limitAmount,
                         limitUnit,emergency[,meTooDistanceM,meTooHours,active,standard,
                         standardKind,standardClass]
                  adds and renews; what the file does not name stays

UTF-8, UTF-16 and GB 18030 are read, with or without a byte order mark, with any line ends.

  --county CODE         which county, where there is more than one
  --dry-run             check everything, store nothing
  --json                print the whole report as JSON
${WHERE_HELP}

Exit code 0 when the file was stored or would be; 1 when it was refused.`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Faults printed in full; the count tells of the rest, --json has all. */
const SHOWN_ISSUES = 100;

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new OperatorError(
      "import.no_file",
      `${path} cannot be read: ${messageOf(cause)}`,
      undefined,
      { cause },
    );
  }
}

function issueLine({ line, field, code, allowed, found }: ImportIssue): string {
  const place = [line === null ? "file" : `line ${line}`, field].filter((part) => part !== "");
  const shown = found === undefined || found === "" ? "" : ` (found ${found})`;
  return `${place.join(", ")}: ${code}: allowed is ${allowed}${shown}`;
}

function print(report: CatalogueImportReport, dryRun: boolean): void {
  for (const issue of report.issues.slice(0, SHOWN_ISSUES)) console.log(issueLine(issue));
  if (report.issues.length > SHOWN_ISSUES) {
    console.log(`… and ${report.issues.length - SHOWN_ISSUES} more; --json lists all`);
  }
  for (const kind of COUNTED_KINDS) {
    const counts = report.counts[kind];
    if (counts === undefined) continue;
    const { read, added, changed, unchanged, removed } = counts;
    console.log(
      `${kind}: ${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed`,
    );
  }
  if (report.issues.length > 0) console.log("Refused: nothing was stored.");
  else if (dryRun) console.log("Dry run: nothing was stored.");
  else console.log(report.stored ? "Stored." : "Nothing to change.");
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("import catalogue", argv, OPTIONS, 1);
  const [path] = positionals;
  if (path === undefined) {
    throw new OperatorError(
      "cli.missing_word",
      "Which file?",
      "See: ./onegrid import catalogue --help",
    );
  }
  const bytes = readFile(path);
  const dryRun = values["dry-run"];
  const report = await withCounty(whereabouts(values), values.county, (ctx) =>
    importCatalogue(ctx, { bytes, dryRun }),
  );
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report, dryRun);
  return report.issues.length > 0 ? 1 : 0;
}

export const command: Command = { usage, run };
