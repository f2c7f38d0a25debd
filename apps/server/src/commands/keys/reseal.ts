import type pg from "pg";
import { openKept, sealWithDataKey, type DataKey } from "../../platform/data-keys/ring.ts";
import type { SealedColumn } from "./sealed-columns.ts";

type Row = { county: string; id: string; sealed: Buffer };

/**
 * Seals the next `size` values of a column anew, in one transaction; answers how many there were.
 * The rows are locked meanwhile, so that no change by a running server is lost.
 */
export const resealBatch = async (
  client: pg.Client,
  installationKey: Uint8Array,
  to: DataKey,
  { table, column, namedBy, keyColumn, id, owner }: SealedColumn,
  size: number,
): Promise<number> => {
  await client.query("BEGIN");
  try {
    const { rows } = await client.query<Row>(
      `SELECT county_code AS county, ${id}::text AS id, ${column} AS sealed FROM ${table}
        WHERE ${column} IS NOT NULL AND ${namedBy} IS DISTINCT FROM $1
        ORDER BY county_code, ${id} LIMIT ${size} FOR UPDATE`,
      [to.keyId],
    );
    const sealed = rows.map((row) => {
      const boundTo = owner(row.county, row.id);
      return sealWithDataKey(to, boundTo, openKept(installationKey, boundTo, row.sealed));
    });
    await client.query(
      `UPDATE ${table} t SET ${column} = n.sealed${keyColumn === null ? "" : `, ${keyColumn} = $4`}
         FROM unnest($1::text[], $2::uuid[], $3::bytea[]) AS n (county, id, sealed)
        WHERE t.county_code = n.county AND t.${id} = n.id`,
      [
        rows.map(({ county }) => county),
        rows.map((row) => row.id),
        sealed,
        ...(keyColumn === null ? [] : [to.keyId]),
      ],
    );
    await client.query("COMMIT");
    return rows.length;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
};
