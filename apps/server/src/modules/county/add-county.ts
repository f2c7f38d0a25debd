import type { LevelLengths } from "@onegrid/domain";
import { withClient } from "../../platform/roles.ts";

export interface NewCounty {
  countyCode: string;
  name: string;
  /** Lengths of a grid code at levels 0 (the county's own code) to 3. */
  levelLengths: LevelLengths;
  /** IANA name. */
  timeZone: string;
  /** People, cases and figures are generated: every screen says 示例数据. */
  sample?: boolean;
  hotline?: string;
}

/** Why a county cannot be added; undefined when it can. In words for the person at the keyboard. */
export const countyProblem = ({
  countyCode,
  levelLengths,
  timeZone,
}: NewCounty): string | undefined => {
  if (!/^[0-9A-Za-z-]{1,32}$/.test(countyCode)) {
    return `The code "${countyCode}" may hold letters, digits and hyphens only, 32 at most.`;
  }
  if (levelLengths[0] !== countyCode.length) {
    return `The first length (${levelLengths[0]}) must be that of the county's code (${countyCode.length}).`;
  }
  const grows = levelLengths.every((length, i) => i === 0 || length > (levelLengths[i - 1] ?? 0));
  if (!grows || (levelLengths[3] ?? 0) > 32) {
    return `The lengths ${levelLengths.join(", ")} must grow from level to level, up to 32.`;
  }
  return Intl.supportedValuesOf("timeZone").includes(timeZone)
    ? undefined
    : `"${timeZone}" is not a time zone, such as Asia/Shanghai.`;
};

/**
 * Adds a county, as the owner of the tables: the application's own role may not make tenants.
 * Answers false, and changes nothing, when the code is taken. Throws RangeError for `countyProblem`.
 */
export const addCounty = async (ownerUrl: string, county: NewCounty): Promise<boolean> => {
  const problem = countyProblem(county);
  if (problem !== undefined) throw new RangeError(problem);
  const { countyCode, name, levelLengths, timeZone, sample = false, hotline = null } = county;
  const { rowCount } = await withClient(ownerUrl, (client) =>
    client.query(
      `INSERT INTO county (county_code, name, level_lengths, time_zone, sample, hotline)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (county_code) DO NOTHING`,
      [countyCode, name, levelLengths, timeZone, sample, hotline],
    ),
  );
  return rowCount === 1;
};
