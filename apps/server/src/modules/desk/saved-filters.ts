import type { EndpointAnswer, listSavedFilters as endpoint, SavedFilter } from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { filterIdTaken, MOST_FILTERS, tooManyFilters } from "./problems.ts";

type Answer = EndpointAnswer<typeof endpoint>;

const read = async (trx: Trx, ctx: StaffCtx): Promise<Answer> => {
  const rows = await trx
    .selectFrom("saved_filter")
    .select(["filter_id", "name", "search"])
    .where("county_code", "=", ctx.county.countyCode)
    .where("account_id", "=", ctx.actor.accountId)
    .orderBy("created_at")
    .orderBy("filter_id")
    .execute();
  return {
    filters: rows.map((row) => ({
      filterId: row.filter_id,
      name: row.name,
      search: row.search as SavedFilter["search"],
    })),
  };
};

/** The account's own named lists. */
export const listSavedFilters = (ctx: StaffCtx): Promise<Answer> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => read(trx, ctx));

/**
 * Names a list or changes one of the account's own. Throws `saved_filters.too_many` and
 * `saved_filters.id_taken`.
 */
export const putSavedFilter = (
  ctx: StaffCtx,
  filterId: string,
  { name, search }: SavedFilter,
): Promise<Answer> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { filters } = await read(trx, ctx);
    const isNew = !filters.some((filter) => filter.filterId === filterId);
    if (isNew && filters.length >= MOST_FILTERS) throw new ProblemError(tooManyFilters());
    const content = { name, search: JSON.stringify(search) };
    const written = await trx
      .insertInto("saved_filter")
      .values({
        county_code: ctx.county.countyCode,
        filter_id: filterId,
        account_id: ctx.actor.accountId,
        created_at: ctx.clock.now(),
        ...content,
      })
      .onConflict((conflict) =>
        conflict
          .columns(["county_code", "filter_id"])
          .doUpdateSet(content)
          .where("saved_filter.account_id", "=", ctx.actor.accountId),
      )
      .returning("filter_id")
      .executeTakeFirst();
    if (written === undefined) throw new ProblemError(filterIdTaken(filterId));
    return read(trx, ctx);
  });

/** Forgets one of the account's own named lists. */
export const deleteSavedFilter = (ctx: StaffCtx, filterId: string): Promise<Answer> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await trx
      .deleteFrom("saved_filter")
      .where("county_code", "=", ctx.county.countyCode)
      .where("account_id", "=", ctx.actor.accountId)
      .where("filter_id", "=", filterId)
      .execute();
    return read(trx, ctx);
  });
