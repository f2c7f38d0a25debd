import type { FastifyRequest } from "fastify";
import { ProblemError } from "../../platform/problems.ts";
import { crossSite } from "./problems.ts";

/** Whether an origin is the host the request was sent to; a default port may be left out. */
const isOwn = (origin: string, host: string): boolean => {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: asking } = new URL(origin);
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === asking;
};

/**
 * Refuses what a browser sends for a page of another origin (`identity.cross_site`). Browsers say
 * so themselves, in headers that a page cannot set; programs that are no browser send neither.
 * The second wall beside SameSite cookies and the CSRF token; for signing in the only one.
 */
export const refuseCrossSite = (request: FastifyRequest): void => {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site !== "same-origin" && site !== "none") throw new ProblemError(crossSite);
    return;
  }
  const { origin } = request.headers;
  if (origin !== undefined && !isOwn(origin, request.host)) throw new ProblemError(crossSite);
};
