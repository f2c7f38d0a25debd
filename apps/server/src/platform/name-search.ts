import { sql, type RawBuilder } from "kysely";

/** Words as they stand within a LIKE pattern: nothing in them is a wildcard. */
export const escapeLike = (words: string): string =>
  words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** Latin letters and blanks alone: somebody types how a name sounds, or its initials. */
const SOUND = /^[a-z\s'’]{2,}$/i;

/** What was typed as the letters of a sound; undefined when it is something else. */
export const soundOf = (typed: string): string | undefined => {
  const letters = typed.toLowerCase().replaceAll(/[^a-z]/g, "");
  return SOUND.test(typed) && letters.length > 1 ? letters : undefined;
};

/**
 * Whether a name holds what was typed, or sounds so: by full pinyin or by initials, read from the
 * column that is filled with the name (`name_keys`, migration 0111). `table` is the table's alias.
 */
export const nameHolds = (table: string, typed: string): RawBuilder<unknown> => {
  const name = sql`${sql.ref(`${table}.name`)} ILIKE ${`%${escapeLike(typed)}%`}`;
  const sound = soundOf(typed);
  if (sound === undefined) return name;
  return sql`(${name} OR ${sql.ref(`${table}.name_keys`)} LIKE ${`%${sound}%`})`;
};
