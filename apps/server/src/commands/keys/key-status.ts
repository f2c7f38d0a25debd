import type pg from "pg";
import { SEALED_COLUMNS } from "./sealed-columns.ts";

export type KeyLine = {
  /** Id of a data key, or `installation` for what no data key has sealed yet. */
  name: string;
  suite: string;
  state: "current" | "announced" | "old";
  /** Values sealed with it. */
  values: number;
};

/** Every key, the oldest first, with how many values each seals. `client` connects as the owner. */
export const readKeyStatus = async (client: pg.Client): Promise<KeyLine[]> => {
  const counted = SEALED_COLUMNS.map(
    ({ table, column, namedBy }) =>
      `SELECT ${namedBy} AS key_id FROM ${table} WHERE ${column} IS NOT NULL`,
  ).join(" UNION ALL ");
  const { rows: keys } = await client.query<KeyLine>(
    `SELECT k.key_id AS name, k.suite,
            CASE WHEN k.current_since IS NULL THEN 'announced'
                 WHEN k.current_since = max(k.current_since) OVER () THEN 'current'
                 ELSE 'old' END AS state,
            (SELECT count(*)::int FROM (${counted}) v WHERE v.key_id = k.key_id) AS values
       FROM data_key k ORDER BY k.current_since NULLS LAST, k.created_at`,
  );
  const { rows: own } = await client.query<{ values: number }>(
    `SELECT count(*)::int AS values FROM (${counted}) v WHERE v.key_id IS NULL`,
  );
  const values = own[0]?.values ?? 0;
  const state = keys.some((key) => key.state === "current") ? "old" : "current";
  return state === "old" && values === 0
    ? keys
    : [{ name: "installation", suite: "aes_256_gcm", state, values }, ...keys];
};
