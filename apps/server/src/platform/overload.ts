import type { FastifyInstance } from "fastify";
import { sendProblem } from "./http.ts";

/**
 * Requests under way at once. What waits behind two cores and a dozen connections is answered so
 * late that whoever asked has gone; refusing at once keeps the answers of the others fast and the
 * memory flat.
 */
const REQUESTS_AT_ONCE = 1_000;
const RETRY_AFTER_SECONDS = 2;

/** Whoever watches the process must be answered, and an event stream is open for hours. */
const NOT_COUNTED = new Set(["/healthz", "/readyz", "/api/v1/events"]);

/** Refuses what comes beyond `atOnce` requests under way with 503 and Retry-After, before any work. */
export const shedOverload = (app: FastifyInstance, atOnce = REQUESTS_AT_ONCE): void => {
  let underWay = 0;
  app.addHook("onRequest", async (request, reply) => {
    const [path = ""] = request.url.split("?", 1);
    if (NOT_COUNTED.has(path)) return undefined;
    if (underWay >= atOnce) {
      return sendProblem(request, reply, {
        code: "server.unavailable",
        status: 503,
        detail: "the server is overloaded; nothing was changed",
        params: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      });
    }
    underWay += 1;
    // Also when the client went away before the answer.
    reply.raw.once("close", () => {
      underWay -= 1;
    });
    return undefined;
  });
};
