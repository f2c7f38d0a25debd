import { readCounties } from "../modules/county/index.ts";
import { systemClock } from "../platform/clock.ts";
import { systemActor, type CountyContext, type Ctx } from "../platform/context.ts";
import { keepRing } from "../platform/data-keys/keep-ring.ts";
import { openDatabase } from "../platform/database.ts";
import { openInstallation, type Installation, type Whereabouts } from "../platform/installation.ts";
import { graphileJobs } from "../platform/jobs.ts";
import { OperatorError } from "../platform/operator-error.ts";

/** The county a command works on; without a code, the only one there is. */
const choose = (counties: CountyContext[], code: string | undefined): CountyContext => {
  const codes = counties.map((county) => `${county.countyCode} ${county.name}`).join("\n  ");
  if (code !== undefined) {
    const found = counties.find((county) => county.countyCode === code);
    if (found !== undefined) return found;
    throw new OperatorError(
      "county.unknown",
      `There is no county ${code}.`,
      codes === "" ? "Add it: ./onegrid county add --help" : `There is:\n  ${codes}`,
    );
  }
  const [only, another] = counties;
  if (only !== undefined && another === undefined) return only;
  throw new OperatorError(
    "county.not_chosen",
    only === undefined ? "There is no county yet." : "There is more than one county.",
    only === undefined
      ? "Add one: ./onegrid county add --help"
      : `Say which, with --county CODE:\n  ${codes}`,
  );
};

/**
 * Runs a command's work on one county, as the software itself, with the database up for as long.
 * Throws `county.unknown` or `county.not_chosen` beside what opening an installation throws.
 */
export const withCounty = async <T>(
  where: Whereabouts,
  code: string | undefined,
  work: (ctx: Ctx, installation: Installation) => Promise<T>,
): Promise<T> => {
  const installation = await openInstallation(where, "visit");
  try {
    const database = openDatabase({ url: installation.appUrl, maxConnections: 8 });
    const ring = await keepRing(database.pool, installation.dataKey);
    try {
      const county = choose(await readCounties(database.db), code);
      const ctx = {
        db: database.db,
        clock: systemClock,
        jobs: graphileJobs,
        county,
        actor: systemActor(county.countyCode),
        requestId: "command line",
      };
      return await work(ctx, installation);
    } finally {
      ring.close();
      await database.close();
    }
  } finally {
    await installation.close();
  }
};
