import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "../../platform/config.ts";
import { ProblemError } from "../../platform/problems.ts";
import { addressKey } from "./address.ts";
import { tooMany } from "./problems.ts";

/** What one address may change without an account, a minute; a report has up to nine photos. */
const ANONYMOUS_CHANGES_PER_MINUTE = 60;
const WINDOW_MS = 60_000;

type Check = ReturnType<FastifyInstance["createRateLimit"]>;
const checks = new WeakMap<FastifyInstance, Check>();

/** Counts an anonymous change of this address; throws `request.too_many` with the wait. */
export const takeAnonymousTurn = async (
  config: Pick<Config, "anonymousChangesPerMinute">,
  request: FastifyRequest,
): Promise<void> => {
  const { server } = request;
  let check = checks.get(server);
  if (check === undefined) {
    check = server.createRateLimit({
      max: config.anonymousChangesPerMinute ?? ANONYMOUS_CHANGES_PER_MINUTE,
      timeWindow: WINDOW_MS,
      keyGenerator: (asked) => addressKey(asked.ip),
    });
    checks.set(server, check);
  }
  const turn = await check(request);
  if (!turn.isAllowed && turn.isExceeded) throw new ProblemError(tooMany(turn.ttlInSeconds));
};
