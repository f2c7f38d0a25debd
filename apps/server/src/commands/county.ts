import type { LevelLengths } from "@onegrid/domain";
import { addCounty, countyProblem, readCounties, type NewCounty } from "../modules/county/index.ts";
import { seedCalendar } from "../modules/calendar/index.ts";
import { shipTemplates } from "../modules/posts/index.ts";
import { systemClock } from "../platform/clock.ts";
import { openDatabase } from "../platform/database.ts";
import { openInstallation, type Installation } from "../platform/installation.ts";
import { graphileJobs } from "../platform/jobs.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid county                 lists the counties
       ./onegrid county add CODE --name NAME [OPTIONS]

Adds a county (a tenant). Its grids are imported next: ./onegrid import grids --help

  --name NAME           name on every screen
  --level-lengths LIST  length of a grid code at each level: the county's own code, level 1 (street),
                        level 2 (community), level 3 (default: 6,9,12,15, the Chinese codes)
  --time-zone ZONE      where its days begin (default: Asia/Shanghai)
  --hotline NUMBER      number residents may call instead
${WHERE_HELP}`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  name: { type: "string" },
  "level-lengths": { type: "string", default: "6,9,12,15" },
  "time-zone": { type: "string", default: "Asia/Shanghai" },
  hotline: { type: "string" },
} as const;

function lengthsFrom(text: string): LevelLengths {
  const lengths = text.split(",").map((part) => (/^\d{1,2}$/.test(part) ? Number(part) : 0));
  const [county, level1, level2, level3, more] = lengths;
  if (!county || !level1 || !level2 || !level3 || more !== undefined) {
    throw new OperatorError(
      "cli.bad_level_lengths",
      `"${text}" is not four lengths.`,
      "For example: --level-lengths 6,9,12,15",
    );
  }
  return [county, level1, level2, level3];
}

async function list(installation: Installation): Promise<number> {
  const database = openDatabase({ url: installation.appUrl, maxConnections: 1 });
  try {
    const counties = await readCounties(database.db);
    for (const { countyCode, name, levelLengths, timeZone } of counties) {
      console.log(`${countyCode}  ${name}  codes ${levelLengths.join("-")}  ${timeZone}`);
    }
    if (counties.length === 0) console.log("There is no county yet.");
    return 0;
  } finally {
    await database.close();
  }
}

/**
 * What every county begins with: official holidays where they are known, provisional years elsewhere,
 * and the kinds of posts with the sample text of their duties. Fills gaps only.
 */
async function ensureBeginnings(installation: Installation, county: NewCounty): Promise<void> {
  const database = openDatabase({ url: installation.appUrl, maxConnections: 1 });
  try {
    await seedCalendar(database.db, county, systemClock.now());
    const { countyCode } = county;
    const found = (await readCounties(database.db)).find((one) => one.countyCode === countyCode);
    if (found === undefined) throw new RangeError(`county ${countyCode} is gone`);
    await shipTemplates({
      db: database.db,
      clock: systemClock,
      jobs: graphileJobs,
      county: found,
    });
  } finally {
    await database.close();
  }
}

async function add(installation: Installation, county: NewCounty): Promise<number> {
  const added = await addCounty(installation.ownerUrl, county);
  await ensureBeginnings(installation, county);
  console.log(
    added
      ? `Added ${county.countyCode} ${county.name}.`
      : `${county.countyCode} is there already; nothing was changed.`,
  );
  return 0;
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("county", argv, OPTIONS, 2);
  const [verb, countyCode] = positionals;
  let county: NewCounty | undefined;
  if (verb !== undefined) {
    if (verb !== "add" || countyCode === undefined || values.name === undefined) {
      throw new OperatorError(
        "cli.missing_word",
        "A county is added with: county add CODE --name NAME",
        "See: ./onegrid county --help",
      );
    }
    county = {
      countyCode,
      name: values.name,
      levelLengths: lengthsFrom(values["level-lengths"]),
      timeZone: values["time-zone"],
      ...(values.hotline !== undefined && { hotline: values.hotline }),
    };
    const problem = countyProblem(county);
    if (problem !== undefined) throw new OperatorError("cli.bad_county", problem);
  }
  const installation = await openInstallation(whereabouts(values), "visit");
  try {
    return await (county === undefined ? list(installation) : add(installation, county));
  } finally {
    await installation.close();
  }
}

export const command: Command = { usage, run };
