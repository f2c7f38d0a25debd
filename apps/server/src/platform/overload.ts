import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendProblem } from "./http.ts";

/**
 * Requests under way at once, at most: memory is flat whatever comes. How many are let in below that
 * is measured, because a number that suits one machine is minutes of waiting on another.
 */
const REQUESTS_AT_ONCE = 1_000;
/** So many are always let in: a few slow ones are no overload. */
const FEWEST_AT_ONCE = 64;
const RETRY_AFTER_SECONDS = 2;

/** Where half of the answers take longer than this, they wait for each other. */
const TOO_SLOW_MS = 800;
/** Below this there is room for more. */
const QUICK_MS = 500;
const LOOK_MS = 100;
/** Fewer answers in a look say nothing about all. */
const FEWEST_ANSWERS = 5;
const LESS = 0.8;
const MORE = 1.1;

/** Whoever watches the process must be answered, and an event stream is open for hours. */
const NOT_COUNTED = new Set(["/healthz", "/readyz", "/api/v1/events"]);

/** A photo takes as long as its sender's line: it says nothing about us. */
const isUpload = ({ method, url }: FastifyRequest): boolean =>
  method !== "GET" && url.startsWith("/api/v1/attachments/");

const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * How many are let in after a look at how long the last answers took: a fifth less than are there
 * where half of them were too slow, a tenth more where they were quick. `underWay`: how many are
 * there now. Converges on a machine's own number; a burst upon an idle server is let in whole.
 */
export const nextLimit = (
  limit: number,
  tookMs: readonly number[],
  underWay: number,
  most = REQUESTS_AT_ONCE,
): number => {
  if (tookMs.length < FEWEST_ANSWERS) return limit;
  const middle = middleOf(tookMs);
  if (middle > TOO_SLOW_MS) return Math.max(FEWEST_AT_ONCE, Math.min(limit, underWay) * LESS);
  return middle < QUICK_MS ? Math.min(most, limit * MORE) : limit;
};

/**
 * Refuses with 503 and Retry-After, before any work, what would only wait: beyond `atOnce` requests
 * under way, and beyond the measured number that is answered quickly. Uploads count towards the
 * first alone.
 */
export const shedOverload = (app: FastifyInstance, atOnce = REQUESTS_AT_ONCE): void => {
  let underWay = 0;
  let quick = 0;
  let limit = atOnce;
  let tookMs: number[] = [];
  const look = setInterval(() => {
    limit = nextLimit(limit, tookMs, quick, atOnce);
    tookMs = [];
  }, LOOK_MS);
  look.unref();
  app.addHook("onClose", () => clearInterval(look));

  app.addHook("onRequest", async (request, reply) => {
    const [path = ""] = request.url.split("?", 1);
    if (NOT_COUNTED.has(path)) return undefined;
    const isQuick = !isUpload(request);
    if (underWay >= atOnce || (isQuick && quick >= limit)) {
      return sendProblem(request, reply, {
        code: "server.unavailable",
        status: 503,
        detail: "the server is overloaded; nothing was changed",
        params: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      });
    }
    const begunAt = performance.now();
    underWay += 1;
    if (isQuick) quick += 1;
    // Also when the client went away before the answer.
    reply.raw.once("close", () => {
      underWay -= 1;
      if (!isQuick) return;
      quick -= 1;
      tookMs.push(performance.now() - begunAt);
    });
    return undefined;
  });
};
