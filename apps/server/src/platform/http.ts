import type {
  Endpoint,
  EndpointAnswer,
  EndpointParsed,
  Permission,
  Problem,
  Refusal,
} from "@onegrid/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Ctx, StaffCtx } from "./context.ts";
import { invalidInput, problemDocument, ProblemError } from "./problems.ts";

/** Resolves who asks and refuses who may not; the identity and access modules provide it. */
export type Gate = (
  request: FastifyRequest,
  permission: Permission,
  changes: boolean,
) => Promise<Ctx>;

/** The raw request, for the few handlers that read a body or write an answer by themselves. */
export type Raw = { request: FastifyRequest; reply: FastifyReply };

type CtxFor<E> = E extends { permission: "public" } ? Ctx : StaffCtx;

const part = <S extends z.ZodType>(schema: S | undefined, value: unknown, where: string) => {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ProblemError(invalidInput(parsed.error, where));
  return parsed.data;
};

/** Fastify's path of an endpoint: `{caseId}` becomes `:caseId`. */
const fastifyPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");

/**
 * Mounts an endpoint of the contract. Order: permission, then params, query and body by schema,
 * then the use case. The answer is passed through the answer schema, so a field the contract
 * does not name never leaves the server.
 */
export const mount = <E extends Endpoint>(
  app: FastifyInstance,
  gate: Gate,
  endpoint: E,
  handler: (
    ctx: CtxFor<E>,
    input: EndpointParsed<E>,
    raw: Raw,
  ) => Promise<EndpointAnswer<E> | FastifyReply>,
): void => {
  app.route({
    method: endpoint.method,
    url: fastifyPath(endpoint.path),
    handler: async (request, reply) => {
      const ctx = await gate(request, endpoint.permission, endpoint.method !== "GET");
      const input = {
        params: part(endpoint.params, request.params, "params"),
        query: part(endpoint.query, request.query, "query"),
        body: part(endpoint.body, request.body, "body"),
      } as EndpointParsed<E>;
      const answer = await handler(ctx as CtxFor<E>, input, { request, reply });
      // A handler that wrote the answer by itself hands the reply back.
      if (reply.sent || answer === reply) return reply;
      if (endpoint.status === 204) return reply.status(204).send();
      return reply.status(endpoint.status ?? 200).send(endpoint.answer.parse(answer));
    },
  });
};

/** Sends a problem document; used by the error handler and by routes outside the contract. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => {
  const body: Problem = problemDocument(refusal, request.id);
  const wait = refusal.params?.["retryAfterSeconds"];
  if (typeof wait === "number") reply.header("retry-after", String(Math.ceil(wait)));
  return reply.status(refusal.status).type("application/problem+json").send(body);
};

const KNOWN_STATUS: Record<number, Pick<Refusal, "code" | "status" | "detail">> = {
  400: { code: "request.malformed", status: 400, detail: "the body is not valid JSON" },
  404: { code: "request.no_such_path", status: 404, detail: "nothing lives at this path" },
  413: { code: "request.too_large", status: 413, detail: "the body is larger than allowed" },
  415: {
    code: "request.unsupported_type",
    status: 415,
    detail: "this content type is not accepted here",
  },
  429: { code: "request.too_many", status: 429, detail: "too many requests; try again later" },
  503: {
    code: "server.unavailable",
    status: 503,
    detail: "the server is starting, stopping or overloaded",
  },
};

const CONNECTION_LOST = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08006",
  "08001",
  "08003",
]);

const isOneOf = (codes: ReadonlySet<string>, code: unknown): boolean =>
  typeof code === "string" && codes.has(code);

/** True when the database could not be reached: nothing was written, trying again is right. */
const isDatabaseAway = (error: { code?: unknown; message?: string }): boolean =>
  isOneOf(CONNECTION_LOST, error.code) ||
  /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(
    error.message ?? "",
  );

/** PostgreSQL's word for a full disk, and the file system's. */
const DISK_FULL = new Set(["53100", "ENOSPC", "EDQUOT"]);
/**
 * What took longer than it may was cut off and rolled back: a statement, a transaction that was idle.
 * A clock that jumps ahead does it to whatever is under way.
 */
const TOOK_TOO_LONG = new Set(["57014", "25P03", "25P04"]);

/** What a thrown thing means to the caller; undefined when it is our own fault. */
export const refusalOf = (
  error: Error & { statusCode?: number; code?: string },
): Refusal | undefined => {
  if (error instanceof ProblemError) return error.refusal;
  if (isDatabaseAway(error)) {
    return {
      code: "server.database_away",
      status: 503,
      detail: "the database cannot be reached; nothing was changed",
      params: { retryAfterSeconds: 5 },
    };
  }
  if (isOneOf(DISK_FULL, error.code)) {
    return {
      code: "server.storage_full",
      status: 503,
      detail: "the server has no room left to store this; nothing was changed",
      params: { retryAfterSeconds: 30 },
    };
  }
  if (isOneOf(TOOK_TOO_LONG, error.code)) {
    return {
      code: "server.unavailable",
      status: 503,
      detail: "this took too long and was given up; nothing was changed",
      params: { retryAfterSeconds: 5 },
    };
  }
  const known = error.statusCode === undefined ? undefined : KNOWN_STATUS[error.statusCode];
  if (known) return known;
  if (error.statusCode === undefined || error.statusCode >= 500) return undefined;
  return { code: "request.malformed", status: 400, detail: "the request cannot be read" };
};

/** Turns whatever was thrown into a problem document; the unknown is logged and says nothing. */
export const installProblemHandlers = (app: FastifyInstance): void => {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, KNOWN_STATUS[404] as Refusal),
  );
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal?.code === "server.database_away" || refusal?.code === "server.storage_full") {
      request.log.error({ err: error }, refusal.code);
    }
    if (refusal !== undefined) return sendProblem(request, reply, refusal);
    request.log.error({ err: error }, "unexpected");
    return reply.status(500).type("application/problem+json").send({
      type: "urn:onegrid:problem:server.unexpected",
      title: "Internal Server Error",
      status: 500,
      code: "server.unexpected",
      requestId: request.id,
    });
  });
};
