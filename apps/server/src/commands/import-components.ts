import { readFileSync } from "node:fs";
import { CRS_NAMES } from "@onegrid/geo";
import {
  importComponents,
  type ComponentImportReport,
  type ComponentIssue,
} from "../modules/components/index.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid import components FILE [OPTIONS]

Loads a county's components 部件: all of the file, or nothing. The same file again changes nothing;
a component that differs gets its next version; what the file does not name stays.

  GeoJSON  points in WGS-84 / CGCS2000 (or, with --crs, GCJ-02); properties as the columns below, without lng and lat
  ZIP      a Shapefile of points; names cut after ten characters, .prj and .cpg are heeded
  CSV      componentCode,name,lng,lat[,categoryCode,ownerUnitCode,condition,address,recordedOn,
           restricted]

componentCode is the county's code, 5 digits of the class, 6 digits of a serial number. Without
categoryCode the class in the code finds the category. condition is intact, damaged, missing,
abandoned or removed. The names and words of GB/T 47678.5 (GLBJBSM, GLBJMC, QSDWDM, GLBJZT, CSRQ)
are read too, as are UTF-8, UTF-16 and GB 18030.

  --county CODE         which county, where there is more than one
  --crs NAME            wgs84 (also CGCS2000) or gcj02 (default: wgs84)
  --skip-faulty         store the rows without a fault, leave out the others
  --dry-run             check everything, store nothing
  --json                print the whole report as JSON
${WHERE_HELP}

Exit code 0 when the file was stored or would be; 1 when a row has a fault.`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  crs: { type: "string", default: "wgs84" },
  "skip-faulty": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Faults printed in full; the count tells of the rest, --json has all. */
const SHOWN_ISSUES = 100;

const readFile = (path: string): Uint8Array => {
  try {
    return readFileSync(path);
  } catch (cause) {
    const said = `${path} cannot be read: ${messageOf(cause)}`;
    throw new OperatorError("import.no_file", said, undefined, { cause });
  }
};

const issueLine = ({ row, field, code, allowed, found }: ComponentIssue): string => {
  const where = [row === null ? "file" : `row ${row}`, field].filter((part) => part !== "");
  const shown = found === undefined ? "" : ` (found ${found})`;
  return `${where.join(", ")}: ${code}: allowed is ${allowed}${shown}`;
};

const print = (report: ComponentImportReport, dryRun: boolean, skipFaulty: boolean): void => {
  const { read, added, changed, unchanged, faulty, issues, stored } = report;
  for (const issue of issues.slice(0, SHOWN_ISSUES)) console.log(issueLine(issue));
  if (issues.length > SHOWN_ISSUES) {
    console.log(`… and ${issues.length - SHOWN_ISSUES} more; --json lists all`);
  }
  console.log(
    `components: ${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${faulty} faulty`,
  );
  if (faulty > 0 && !skipFaulty) console.log("Refused: nothing was stored.");
  else if (dryRun) console.log("Dry run: nothing was stored.");
  else console.log(stored ? "Stored." : "Nothing to change.");
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("import components", argv, OPTIONS, 1);
  const [path] = positionals;
  if (path === undefined) {
    throw new OperatorError(
      "cli.missing_word",
      "Which file?",
      "See: ./onegrid import components --help",
    );
  }
  const crs = CRS_NAMES.find((known) => known === values.crs);
  if (crs === undefined) {
    throw new OperatorError("cli.bad_option", `--crs is ${CRS_NAMES.join(" or ")}.`);
  }
  const bytes = readFile(path);
  const dryRun = values["dry-run"];
  const skipFaulty = values["skip-faulty"];
  const report = await withCounty(whereabouts(values), values.county, (ctx) =>
    importComponents(ctx, { bytes, crs, dryRun, skipFaulty }),
  );
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report, dryRun, skipFaulty);
  return report.faulty > 0 ? 1 : 0;
}

export const command: Command = { usage, run };
