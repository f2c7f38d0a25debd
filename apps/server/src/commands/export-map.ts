import { writeFileSync } from "node:fs";
import { EXPORT_MAP_FORMATS, type MapFormat } from "@onegrid/contract";
import { exportComponentFile } from "../modules/components/index.ts";
import { exportGridFile } from "../modules/grids/index.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  format: { type: "string", default: "geojson" },
  level: { type: "string" },
  on: { type: "string" },
  out: { type: "string" },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];

const refuse = (option: string, allowed: string, kind: string): never => {
  const hint = `See: ./onegrid export ${kind} --help`;
  throw new OperatorError("cli.bad_option", `--${option} is ${allowed}.`, hint);
};

const formatOf = (values: Values, kind: string): MapFormat =>
  EXPORT_MAP_FORMATS.find((known) => known === values.format) ??
  refuse("format", EXPORT_MAP_FORMATS.join(" or "), kind);

const write = (
  { bytes, fileName, count }: { bytes: Uint8Array; fileName: string; count: number },
  out: string | undefined,
): number => {
  const path = out ?? fileName;
  try {
    writeFileSync(path, bytes);
  } catch (cause) {
    const said = `${path} cannot be written: ${messageOf(cause)}`;
    throw new OperatorError("export.not_written", said, undefined, { cause });
  }
  console.log(`${count} written to ${path}`);
  return 0;
};

const COMMON = `  --county CODE         which county, where there is more than one
  --format NAME         geojson or shapefile, a ZIP of its parts (default: geojson)
  --out FILE            where to (default: a name of its own in this folder)
${WHERE_HELP}`;

/** `export grids`. */
export const exportGridsCommand: Command = {
  usage: `Usage: ./onegrid export grids --level N [OPTIONS]

Writes one level of a county's grids as a map file. \`import grids\` takes it in again: nothing to
change.

  --level N             0 the county's outline, 1 streets, 2 communities, 3 grids inside them
  --on DAY              as they were on a past day, YYYY-MM-DD (default: today)
${COMMON}`,
  run: async (argv) => {
    const { values } = readArguments("export grids", argv, OPTIONS, 0);
    const level = [0, 1, 2, 3].find((known) => String(known) === values.level);
    if (level === undefined) return refuse("level", "0, 1, 2 or 3", "grids");
    if (values.on !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.on)) {
      return refuse("on", "a day, YYYY-MM-DD", "grids");
    }
    const format = formatOf(values, "grids");
    const file = await withCounty(whereabouts(values), values.county, (ctx) =>
      exportGridFile(ctx, { level, format, on: values.on }),
    );
    return write(file, values.out);
  },
};

/** `export components`. */
export const exportComponentsCommand: Command = {
  usage: `Usage: ./onegrid export components [OPTIONS]

Writes all components 部件 as a map file of points, restricted ones too. \`import components\` takes
it in again: nothing to change.

${COMMON}`,
  run: async (argv) => {
    const { values } = readArguments("export components", argv, OPTIONS, 0);
    const format = formatOf(values, "components");
    const file = await withCounty(whereabouts(values), values.county, (ctx) =>
      exportComponentFile(ctx, format),
    );
    return write(file, values.out);
  },
};
