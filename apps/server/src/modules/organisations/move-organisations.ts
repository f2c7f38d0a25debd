import type { OrganisationFact } from "@onegrid/domain";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { selectSpans } from "./organisation-queries.ts";
import { recordInTransaction, type LevelOfGrid } from "./record-facts.ts";

/** Where an organisation belongs from today on; null: it is dissolved. */
export type OrganisationMove = { code: string; gridCode: string | null };

/**
 * Organisations of grids that change: a fact of today moves each to another grid, or dissolves it;
 * what was before stays what it was. `levelOf` knows the grids of today, which the transaction has
 * just made.
 */
export const moveOrganisations = async (
  trx: Trx,
  ctx: Ctx,
  moves: readonly OrganisationMove[],
  { reason, levelOf }: { reason: string; levelOf: LevelOfGrid },
): Promise<void> => {
  const effectiveOn = todayOf(ctx);
  const changes: { code: string; baseSeq: null; facts: OrganisationFact[] }[] = [];
  for (const { code, gridCode } of moves) {
    const spans = await selectSpans(trx, ctx.county.countyCode, code, effectiveOn);
    const isOfGrid = spans.at(-1)?.base === "grid";
    const fact: OrganisationFact =
      gridCode === null
        ? { kind: "dissolve", effectiveOn, data: { reason } }
        : {
            kind: "change",
            effectiveOn,
            data: isOfGrid ? { gridCode, baseCode: gridCode } : { gridCode },
          };
    changes.push({ code, baseSeq: null, facts: [fact] });
  }
  if (changes.length > 0) await recordInTransaction(trx, ctx, changes, levelOf);
};
