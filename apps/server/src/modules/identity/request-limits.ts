import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "../../platform/config.ts";
import { ProblemError } from "../../platform/problems.ts";
import { addressKey } from "./address.ts";
import { tooMany } from "./problems.ts";

/** Whose requests are counted together, and which. */
export type LimitedTurn =
  /** A change without an account. A report has up to nine photos. */
  | { kind: "anonymous change" }
  /** A look at what everybody may see. A whole office may share one address, each with a map. */
  | { kind: "anonymous read" }
  /** Anything by a signed-in account, from wherever. */
  | { kind: "account"; accountId: string }
  /** Anything by a machine; its key says how much. */
  | { kind: "key"; keyId: string; requestsPerMinute: number };

type Kind = LimitedTurn["kind"];

/** Requests a minute where the environment says nothing else. */
export const REQUESTS_PER_MINUTE = {
  "anonymous change": 60,
  "anonymous read": 12_000,
  account: 3_000,
} as const satisfies Record<Exclude<Kind, "key">, number>;

const WINDOW_MS = 60_000;

type Limits = Pick<
  Config,
  "anonymousChangesPerMinute" | "anonymousReadsPerMinute" | "accountRequestsPerMinute"
>;
type Check = ReturnType<FastifyInstance["createRateLimit"]>;

const turns = new WeakMap<FastifyRequest, LimitedTurn>();

const mostOfKey = (request: FastifyRequest): number => {
  const turn = turns.get(request);
  if (turn?.kind !== "key") throw new Error("only a key says how much it may");
  return turn.requestsPerMinute;
};

const mostOf = (config: Limits, kind: Kind): number | ((request: FastifyRequest) => number) => {
  if (kind === "key") return mostOfKey;
  const told = {
    "anonymous change": config.anonymousChangesPerMinute,
    "anonymous read": config.anonymousReadsPerMinute,
    account: config.accountRequestsPerMinute,
  }[kind];
  return told ?? REQUESTS_PER_MINUTE[kind];
};

const checks = new WeakMap<FastifyInstance, Map<Kind, Check>>();
const keyOf = (request: FastifyRequest): string => {
  const turn = turns.get(request);
  if (turn?.kind === "account") return turn.accountId;
  return turn?.kind === "key" ? turn.keyId : addressKey(request.ip);
};

const checkOf = (config: Limits, server: FastifyInstance, kind: Kind): Check => {
  const known = checks.get(server) ?? new Map<Kind, Check>();
  checks.set(server, known);
  const check =
    known.get(kind) ??
    server.createRateLimit({
      max: mostOf(config, kind),
      timeWindow: WINDOW_MS,
      keyGenerator: keyOf,
    });
  known.set(kind, check);
  return check;
};

/** Counts a request; throws `request.too_many` with the wait when it is one too many. */
export const takeTurn = async (
  config: Limits,
  request: FastifyRequest,
  turn: LimitedTurn,
): Promise<void> => {
  turns.set(request, turn);
  const answer = await checkOf(config, request.server, turn.kind)(request);
  if (!answer.isAllowed && answer.isExceeded) throw new ProblemError(tooMany(answer.ttlInSeconds));
};
