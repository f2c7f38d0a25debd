import type pg from "pg";
import { ADMINISTRATOR_ROLES } from "../../modules/identity/index.ts";
import { OperatorError } from "../../platform/operator-error.ts";
import { withClient } from "../../platform/roles.ts";

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

/** The state of each county, read by the owner of the database. */
export async function readCountyStates(client: pg.Client): Promise<CountyState[]> {
  const { rows } = await client.query<CountyState>(
    `SELECT c.county_code AS "countyCode", c.name, c.sample AS "isSample",
            (SELECT count(*)::int FROM account a WHERE a.county_code = c.county_code
                AND a.sample AND a.disabled_at IS NULL) AS "openSampleAccounts",
            ARRAY(SELECT wanted FROM unnest($1::text[]) AS wanted
                   WHERE NOT EXISTS (SELECT FROM account a WHERE a.county_code = c.county_code
                     AND a.role = wanted AND NOT a.sample AND a.disabled_at IS NULL))
              AS "missingAdministrators"
       FROM county c ORDER BY c.county_code`,
    [ADMINISTRATOR_ROLES],
  );
  return rows;
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
export async function refuseUnready(ownerUrl: string): Promise<void> {
  const states = await withClient(ownerUrl, readCountyStates);
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
