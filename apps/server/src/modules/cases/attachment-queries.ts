import type { Db } from "../../platform/database.ts";
import { inScope, type Trx } from "../../platform/database.ts";

/** Who names photos, and for which case. */
export type Naming = { caseId: string; attachmentIds: readonly string[] };

/**
 * Photos that may not be named: never uploaded, by another account, or of another case. One
 * statement for all of them. Answers the ids that are refused.
 */
export const unnameable = async (
  trx: Trx,
  countyCode: string,
  accountId: string | null,
  namings: readonly Naming[],
): Promise<Set<string>> => {
  const wanted = namings.flatMap(({ caseId, attachmentIds }) =>
    attachmentIds.map((attachmentId) => ({ caseId, attachmentId })),
  );
  if (wanted.length === 0) return new Set();
  const rows = await trx
    .selectFrom("attachment")
    .select(["attachment_id", "account_id", "case_id"])
    .where("county_code", "=", countyCode)
    .where("attachment_id", "in", [...new Set(wanted.map((w) => w.attachmentId))])
    .execute();
  const known = new Map(rows.map((row) => [row.attachment_id, row]));
  return new Set(
    wanted
      .filter(({ caseId, attachmentId }) => {
        const row = known.get(attachmentId);
        return (
          row === undefined ||
          row.account_id !== accountId ||
          (row.case_id !== null && row.case_id !== caseId)
        );
      })
      .map(({ attachmentId }) => attachmentId),
  );
};

/** {@link unnameable} in a transaction of its own, before reports are grouped. */
export const unnameableBefore = (
  db: Db,
  countyCode: string,
  accountId: string | null,
  namings: readonly Naming[],
): Promise<Set<string>> =>
  namings.every(({ attachmentIds }) => attachmentIds.length === 0)
    ? Promise.resolve(new Set())
    : inScope(db, { countyCode, scopeCode: countyCode, unitCode: "" }, (trx) =>
        unnameable(trx, countyCode, accountId, namings),
      );
