import { CRS_NAMES, type CrsName } from "@onegrid/geo";
import {
  DEFAULT_FIELDS,
  DEFAULT_TOLERANCE_M2,
  importGrids,
  type GridImport,
  type ImportReport,
} from "../modules/grids/index.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { accountLines, issueLine } from "./import-grids/messages.ts";
import { openFile, progressBar } from "./import-grids/progress.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid import grids FILE --level N [OPTIONS]

Imports one level of a county's grids: all of the file, or nothing. The same file again changes
nothing; a new outline begins a new version, and what cases refer to stays. FILE is GeoJSON or a ZIP
with a Shapefile: names cut after ten characters are found, .prj and .cpg are heeded.

  --level N             0 the county's outline, 1 streets, 2 communities, 3 grids inside them
  --county CODE         which county, where there is more than one
  --code-field NAME     property with the code (default: ${DEFAULT_FIELDS.code})
  --name-field NAME     property with the name (default: ${DEFAULT_FIELDS.name})
  --parent-field NAME   property with the parent's code, as in its own file or in OneGrid
                        (default: ${DEFAULT_FIELDS.parent}; without it the code begins with the parent's)
  --party-field NAME    property with the Party group's name (default: ${DEFAULT_FIELDS.partyGroup})
  --phone-field NAME    property with the duty phone (default: ${DEFAULT_FIELDS.dutyPhone})
  --crs NAME            wgs84 (also CGCS2000) or gcj02 (default: wgs84)
  --tolerance-m2 N      overlaps and gaps up to this many m² are forgiven (default: ${DEFAULT_TOLERANCE_M2})
  --valid-from DAY      first day of new versions, YYYY-MM-DD (default: today)
  --complete            the file lists every grid of its parents: others of theirs end
  --dry-run             check everything, store nothing
  --json                print the whole report as JSON
${WHERE_HELP}

Exit code 0 when the file was stored or would be; 1 when it was refused.`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  level: { type: "string" },
  county: { type: "string" },
  "code-field": { type: "string", default: DEFAULT_FIELDS.code },
  "name-field": { type: "string", default: DEFAULT_FIELDS.name },
  "parent-field": { type: "string", default: DEFAULT_FIELDS.parent },
  "party-field": { type: "string", default: DEFAULT_FIELDS.partyGroup },
  "phone-field": { type: "string", default: DEFAULT_FIELDS.dutyPhone },
  crs: { type: "string", default: "wgs84" },
  "tolerance-m2": { type: "string", default: String(DEFAULT_TOLERANCE_M2) },
  "valid-from": { type: "string" },
  complete: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Findings of one kind printed in full; the count tells of the rest, --json has all. */
const SHOWN_ISSUES = 100;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];

function refuse(option: string, allowed: string): never {
  throw new OperatorError(
    "cli.bad_option",
    `--${option} is ${allowed}.`,
    "See: ./onegrid import grids --help",
  );
}

function optionsFrom(values: Values): Omit<GridImport, "source"> {
  const level = ([0, 1, 2, 3] as const).find((known) => String(known) === values.level);
  if (level === undefined) refuse("level", "0, 1, 2 or 3");
  const crs = CRS_NAMES.find((known): known is CrsName => known === values.crs);
  if (crs === undefined) refuse("crs", CRS_NAMES.join(" or "));
  const toleranceM2 = Number(values["tolerance-m2"]);
  if (!(toleranceM2 >= 0 && toleranceM2 <= 1e6)) refuse("tolerance-m2", "0 to 1000000");
  const validFrom = values["valid-from"];
  if (validFrom !== undefined && !isDay(validFrom)) refuse("valid-from", "a day, YYYY-MM-DD");
  return {
    level,
    crs,
    toleranceM2,
    fields: {
      code: values["code-field"],
      name: values["name-field"],
      parent: values["parent-field"],
      partyGroup: values["party-field"],
      dutyPhone: values["phone-field"],
    },
    complete: values.complete,
    dryRun: values["dry-run"],
    ...(validFrom !== undefined && { validFrom }),
  };
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && text.length === 10;
}

function print(report: ImportReport, dryRun: boolean, seconds: number): void {
  for (const severity of ["violation", "warning", "note"] as const) {
    const issues = report.issues.filter((issue) => issue.severity === severity);
    for (const issue of issues.slice(0, SHOWN_ISSUES))
      console.log(`${severity} ${issueLine(issue)}`);
    if (issues.length > SHOWN_ISSUES) {
      console.log(`… and ${issues.length - SHOWN_ISSUES} more (${severity}s); --json lists all`);
    }
  }
  for (const line of accountLines(report, seconds)) console.log(line);
  if (isRefused(report)) console.log("Refused: nothing was stored.");
  else if (dryRun) console.log("Dry run: nothing was stored.");
  else console.log(report.stored ? "Stored." : "Nothing to change.");
}

function isRefused(report: ImportReport): boolean {
  return report.issues.some((issue) => issue.severity === "violation");
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("import grids", argv, OPTIONS, 1);
  const [path] = positionals;
  if (path === undefined) {
    throw new OperatorError(
      "cli.missing_word",
      "Which file?",
      "See: ./onegrid import grids --help",
    );
  }
  const options = optionsFrom(values);
  const bar = progressBar();
  const source = openFile(path, (done, total) => bar.show("reading", done, total));
  const begunAt = performance.now();
  try {
    const report = await withCounty(whereabouts(values), values.county, (ctx) =>
      importGrids(ctx, {
        ...options,
        source,
        onProgress: ({ phase, done, total }) => {
          if (phase !== "reading" && total !== undefined) bar.show(phase, done, total);
        },
      }),
    );
    bar.stop();
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else print(report, values["dry-run"], (performance.now() - begunAt) / 1000);
    return isRefused(report) ? 1 : 0;
  } finally {
    bar.stop();
  }
}

export const command: Command = { usage, run };
