import { accessOf, localDayOf } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import type { Tasks } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { placeAccount } from "../identity/index.ts";
import { selectHeldPosts } from "./post-queries.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Gives an account what its person's posts say on the day the job runs. */
    "posts.settle_access": { countyCode: string; personId: string };
  }
}

const settle = async (
  trx: Trx,
  countyCode: string,
  personId: string,
  today: string,
  now: Date,
): Promise<void> => {
  const row = await trx
    .selectFrom("person")
    .select("account_id")
    .where("county_code", "=", countyCode)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  const accountId = row?.account_id ?? null;
  if (accountId === null) return;
  const held = await selectHeldPosts(trx, countyCode, personId);
  await placeAccount(trx, countyCode, accountId, accessOf(held, today), now);
};

/** Brings the person's account in line with the posts of today, in the transaction that changed them. */
export const settleAccess = async (trx: Trx, ctx: Ctx, personId: string): Promise<void> => {
  const now = ctx.clock.now();
  const today = localDayOf(now.getTime(), ctx.county.timeZone);
  await settle(trx, ctx.county.countyCode, personId, today, now);
};

export const postTasks = {
  "posts.settle_access": async ({ database, clock }, { countyCode, personId }) => {
    const county = (await readCounties(database.db)).find(
      (known) => known.countyCode === countyCode,
    );
    if (county === undefined) return;
    const now = clock.now();
    const today = localDayOf(now.getTime(), county.timeZone);
    await inScope(database.db, { countyCode, scopeCode: countyCode, unitCode: "" }, (trx) =>
      settle(trx, countyCode, personId, today, now),
    );
  },
} satisfies Tasks;
