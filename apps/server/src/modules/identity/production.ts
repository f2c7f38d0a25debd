import type pg from "pg";
import { OperatorError } from "../../platform/operator-error.ts";
import { withClient } from "../../platform/roles.ts";
import { ADMINISTRATOR_ROLES } from "./set-up-administrators.ts";

/** What keeps a county from being served in earnest. */
export interface CountyState {
  countyCode: string;
  name: string;
  isSample: boolean;
  /** Accounts of the sample data that somebody could still sign in to. */
  openSampleAccounts: number;
  /** Those of the three administrators that no real person's open account has. */
  missingAdministrators: string[];
}

/** Whoever asks sees a county only after naming it: also the application's role, bound by rows. */
const STATE_OF_COUNTY = `
  SELECT (SELECT count(*)::int FROM account a WHERE a.county_code = $1
            AND a.sample AND a.disabled_at IS NULL) AS "openSampleAccounts",
         ARRAY(SELECT wanted FROM unnest($2::text[]) AS wanted
                WHERE NOT EXISTS (SELECT FROM account a WHERE a.county_code = $1
                  AND a.role = wanted AND NOT a.sample AND a.disabled_at IS NULL))
           AS "missingAdministrators"`;

/** The state of each county, by whichever role `client` connects as. */
export async function readCountyStates(client: pg.Client): Promise<CountyState[]> {
  const { rows: counties } = await client.query<
    Pick<CountyState, "countyCode" | "name" | "isSample">
  >(
    `SELECT county_code AS "countyCode", name, sample AS "isSample"
       FROM county ORDER BY county_code`,
  );
  const states: CountyState[] = [];
  for (const county of counties) {
    await client.query("BEGIN READ ONLY");
    try {
      const { countyCode } = county;
      await client.query("SELECT set_config('onegrid.county', $1, true)", [countyCode]);
      const { rows } = await client.query<
        Pick<CountyState, "openSampleAccounts" | "missingAdministrators">
      >(STATE_OF_COUNTY, [countyCode, ADMINISTRATOR_ROLES]);
      const [state] = rows;
      if (state !== undefined) states.push({ ...county, ...state });
    } finally {
      await client.query("COMMIT");
    }
  }
  return states;
}

/** Whether `--production` or the environment asks for it; throws `start.bad_mode`. */
export function isProduction(isAsked: boolean, mode: string | undefined): boolean {
  if (mode !== undefined && mode !== "production" && mode !== "development") {
    throw new OperatorError(
      "start.bad_mode",
      `ONEGRID_MODE is "${mode}".`,
      "Use production or development.",
    );
  }
  return isAsked || mode === "production";
}

/**
 * Refuses to serve in earnest what is only for trying: the sample county, accounts of the sample
 * data, a county without its three administrators. Throws `production.*` with what to do.
 */
export async function refuseUnready(databaseUrl: string): Promise<void> {
  const states = await withClient(databaseUrl, readCountyStates);
  if (states.length === 0) {
    throw new OperatorError(
      "production.no_county",
      "There is no county yet.",
      "Add it: ./onegrid county add --help, then its administrators: ./onegrid setup --help",
    );
  }
  for (const { name, isSample, openSampleAccounts, missingAdministrators } of states) {
    if (isSample || openSampleAccounts > 0) {
      throw new OperatorError(
        "production.sample_data",
        isSample
          ? `${name} is the sample county; it is not served in production.`
          : `${name} has ${openSampleAccounts} open accounts of the sample data.`,
        isSample
          ? "Give the real county a data directory of its own: --data DIR"
          : "Close each: ./onegrid user close LOGIN",
      );
    }
    if (missingAdministrators.length > 0) {
      throw new OperatorError(
        "production.no_administrators",
        `${name} has no ${missingAdministrators.join(", ")}.`,
        "Make them: ./onegrid setup --help",
      );
    }
  }
}

/**
 * The same for a server or worker that is started by its environment alone, where nobody asked
 * before: `--production`, ONEGRID_MODE or NODE_ENV say that it is in earnest. Throws `production.*`
 * and `production.plain_cookies` for cookies that are not Secure.
 */
export async function refuseUnreadyProcess(
  { databaseUrl, secureCookies }: { databaseUrl: string; secureCookies: boolean },
  argv: readonly string[],
  env: Record<string, string | undefined>,
): Promise<void> {
  const isAsked = argv.includes("--production") || env["NODE_ENV"] === "production";
  if (!isProduction(isAsked, env["ONEGRID_MODE"])) return;
  if (!secureCookies) {
    throw new OperatorError(
      "production.plain_cookies",
      "ONEGRID_SECURE_COOKIES is not true.",
      "In production TLS stands in front: set it to true.",
    );
  }
  await refuseUnready(databaseUrl);
}
