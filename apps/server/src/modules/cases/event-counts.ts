import type { ActorRole, CaseEventKind } from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";

/** How many events of each kind and author the log of the actor's scope holds. */
export const countEvents = (
  ctx: Ctx,
): Promise<{ kind: CaseEventKind; actorRole: ActorRole; byRule: boolean; n: number }[]> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { rows } = await sql<{
      kind: CaseEventKind;
      actorRole: ActorRole;
      byRule: boolean;
      n: number;
    }>`
      SELECT kind, actor_role AS "actorRole", data ->> 'rule' IS NOT NULL AS "byRule",
        count(*)::int AS n
      FROM case_event WHERE county_code = ${ctx.county.countyCode}
      GROUP BY 1, 2, 3 ORDER BY n DESC`.execute(trx);
    return rows;
  });
