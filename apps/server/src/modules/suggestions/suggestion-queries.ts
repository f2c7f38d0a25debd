import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A closed case as an example: what was written, and the category that stood at its end. */
export type ExampleRow = { case_id: string; description: string; category_code: string };

const PAGE = 5_000;
/** The newest ones: how people write changes, and so does the list of categories. */
export const EXAMPLES_MOST = 50_000;

/** Closed and self-handled cases of the county, newest first, in pages. */
export async function* readExamples(
  trx: Trx,
  countyCode: string,
): AsyncGenerator<ExampleRow[], void> {
  let before: { at: Date; id: string } | null = null;
  for (let seen = 0; seen < EXAMPLES_MOST;) {
    const after = before as { at: Date; id: string } | null;
    const { rows }: { rows: (ExampleRow & { reported_at: Date })[] } = await sql<
      ExampleRow & { reported_at: Date }
    >`
      SELECT case_id, description, category_code, reported_at FROM cases
       WHERE county_code = ${countyCode} AND state IN ('closed', 'self_handled')
         AND (${after?.at ?? null}::timestamptz IS NULL
           OR (reported_at, case_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
       ORDER BY reported_at DESC, case_id DESC LIMIT ${PAGE}`.execute(trx);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    seen += rows.length;
    before = { at: last.reported_at, id: last.case_id };
  }
}
