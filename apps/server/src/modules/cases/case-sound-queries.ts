import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { soundOf } from "../../platform/name-search.ts";
import type { Condition } from "./case-filters.ts";

/** So few letters are found only where a name or its initials begin with them. */
const SHORT = 4;

/**
 * What was typed, taken as the sound of a category's name (`baolulaji`, `bllj`): the cases of those
 * categories, as a condition. Undefined when it is no sound, or no category sounds so; then it is
 * looked for among the words of cases.
 */
export const soundCondition = async (
  trx: Trx,
  countyCode: string,
  typed: string,
): Promise<Condition | undefined> => {
  const sound = soundOf(typed);
  if (sound === undefined) return undefined;
  const rows = await trx
    .selectFrom("category")
    .select("category_code")
    .where("county_code", "=", countyCode)
    .where("superseded", "=", false)
    .where(
      sql<boolean>`' ' || name_keys LIKE ${sound.length < SHORT ? `% ${sound}%` : `%${sound}%`}`,
    )
    .execute();
  const codes = rows.map((row) => row.category_code);
  return codes.length === 0 ? undefined : sql`c.category_code = ANY (${codes}::text[])`;
};
