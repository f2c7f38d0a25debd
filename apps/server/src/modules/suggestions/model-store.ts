import type { BayesModel, Figures } from "@onegrid/domain";
import { sql } from "kysely";
import { countyCache } from "../../platform/county-cache.ts";
import { inScope, type Trx } from "../../platform/database.ts";

export type StoredModel = { version: number; model: BayesModel };

/** The county's newest model from memory, or null while it has none. */
export const modelCache = countyCache("suggestions", (db, countyCode) =>
  inScope(db, { countyCode, scopeCode: "", unitCode: "" }, async (trx) => {
    const { rows } = await sql<StoredModel>`
      SELECT version, model FROM suggestion_model WHERE county_code = ${countyCode}
       ORDER BY version DESC LIMIT 1`.execute(trx);
    return rows[0] ?? null;
  }),
);

/** On how many cases the county's newest model was trained and measured; 0 while it has none. */
export const readTrainedOn = async (trx: Trx, countyCode: string): Promise<number> => {
  const row = await trx
    .selectFrom("suggestion_model")
    .select(["training_cases", "held_out_cases"])
    .where("county_code", "=", countyCode)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0 : row.training_cases + row.held_out_cases;
};

/** Stores a model as the county's next version and answers its number. */
export const storeModel = async (
  trx: Trx,
  countyCode: string,
  {
    model,
    figures,
    sample,
    now,
  }: { model: BayesModel; figures: Figures; sample: boolean; now: Date },
): Promise<number> => {
  const { rows } = await sql<{ version: number }>`
    INSERT INTO suggestion_model (county_code, version, trained_at, training_cases,
      held_out_cases, accuracy_at_1, accuracy_at_3, sample, model)
    SELECT ${countyCode}, coalesce(max(version), 0) + 1, ${now}::timestamptz,
      ${figures.trainingCases}::int, ${figures.heldOutCases}::int, ${figures.accuracyAt1}::float8,
      ${figures.accuracyAt3}::float8, ${sample}::boolean, ${JSON.stringify(model)}::jsonb
      FROM suggestion_model WHERE county_code = ${countyCode}
    RETURNING version`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new RangeError("an insert answers its row");
  return row.version;
};
