import type { Config } from "../../platform/config.ts";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { confirmFollower, selectFollower, setAddress, type Follower } from "./follower-store.ts";
import { followerOfToken } from "./links.ts";
import { noSuchFollower } from "./problems.ts";

/** How the receiver of a letter is told now. */
export type LinkState = "waits" | "confirmed" | "stopped";

const stateOf = ({ channel, confirmedAt }: Follower): LinkState =>
  channel === "page"
    ? "stopped"
    : channel === "email" && confirmedAt === null
      ? "waits"
      : "confirmed";

const withFollower = (
  ctx: Ctx,
  config: Pick<Config, "dataKey">,
  token: string,
  work: (trx: Trx, followerId: string) => Promise<unknown>,
): Promise<LinkState> => {
  const { countyCode } = ctx.county;
  const followerId = followerOfToken(config.dataKey, countyCode, token);
  if (followerId === null) throw new ProblemError(noSuchFollower);
  return inScope(ctx.db, everywhere(countyCode), async (trx) => {
    await work(trx, followerId);
    const follower = await selectFollower(trx, countyCode, followerId);
    if (follower === undefined) throw new ProblemError(noSuchFollower);
    return stateOf(follower);
  });
};

/** Looks only: mail programs open links by themselves. Throws `feedback.no_such_follower`. */
export const readLink = (ctx: Ctx, config: Pick<Config, "dataKey">, token: string) =>
  withFollower(ctx, config, token, async () => {});

/** The owner of the address says yes. */
export const confirmByLink = (ctx: Ctx, config: Pick<Config, "dataKey">, token: string) =>
  withFollower(ctx, config, token, (trx, followerId) =>
    confirmFollower(trx, ctx.county.countyCode, followerId, ctx.clock.now()),
  );

/** The owner of the address says no: it is deleted at once. */
export const stopByLink = (ctx: Ctx, config: Pick<Config, "dataKey">, token: string) =>
  withFollower(ctx, config, token, (trx, followerId) =>
    setAddress(trx, ctx.county.countyCode, followerId, null),
  );
