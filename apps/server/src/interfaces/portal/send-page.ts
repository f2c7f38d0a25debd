import type { County, PortalPage, Refusal } from "@onegrid/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../../platform/http.ts";
import { pagePolicy, tileHosts } from "../../platform/security-headers.ts";
import type { Services } from "../../platform/services.ts";
import { countyView } from "../../modules/county/index.ts";
import { languageOf, wantsLargeText } from "./preferences.ts";
import type { Portal } from "./renderer.ts";

/** Public pages may be kept a moment, so that a crowd asking the same costs one answer. */
const SHARED_SECONDS = 30;

/**
 * `shared`: the same for everybody. `own`: kept by the browser that got it, so that going back to a
 * form finds it as it was left. `secret`: kept by nobody.
 */
export type Keep = "shared" | "own" | "secret";

const CACHE_CONTROL: Record<Keep, string> = {
  shared: `public, max-age=${SHARED_SECONDS}`,
  own: "private, no-cache",
  secret: "no-store",
};

export type PageSender = {
  /** Answers a page as HTML; `shared` unless told, `secret` unless it is a good answer to a GET. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: PortalPage,
    options?: { status?: number; keep?: Keep },
  ): Promise<FastifyReply>;
  /** Answers a refusal as a page; as a problem document while not even the county is known. */
  sendRefusal(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: Omit<Refusal, "status"> & { status: number },
  ): Promise<FastifyReply>;
};

/** Draws pages for requests: county, language and letter size come from the request. */
export const pageSender = (services: Services, portal: Portal): PageSender => {
  // While the database is away, pages that say so still carry the county's name and hotline.
  const lastSeen = new Map<string, County>();
  const countyOf = async (request: FastifyRequest): Promise<County> => {
    const county = await countyView(services, request);
    lastSeen.set(request.host, county);
    // Hosts are what strangers send: a few are kept, the rest are read again.
    if (lastSeen.size > 100) lastSeen.clear();
    return county;
  };

  const write = (
    request: FastifyRequest,
    reply: FastifyReply,
    county: County,
    page: PortalPage,
    { status = 200, keep = "shared" }: { status?: number; keep?: Keep },
  ): FastifyReply => {
    const good = status === 200 && request.method === "GET";
    const html = portal.render(page, {
      county,
      language: languageOf(request),
      largeText: wantsLargeText(request),
      // A form that came back is found at its own address again, not where it was sent from.
      path: request.url,
      now: services.clock.now().toISOString(),
      assets: portal.assets,
    });
    return reply
      .status(status)
      .header("content-security-policy", pagePolicy({ tileHosts: tileHosts(county.basemap) }))
      .header("cache-control", CACHE_CONTROL[good ? keep : "secret"])
      .header("vary", "Host, Cookie, Accept-Language, Accept-Encoding")
      .type("text/html; charset=utf-8")
      .send(html);
  };

  return {
    send: async (request, reply, page, options = {}) =>
      write(request, reply, await countyOf(request), page, options),
    sendRefusal: async (request, reply, refusal) => {
      const county = await countyOf(request).catch(() => lastSeen.get(request.host));
      if (county === undefined) return sendProblem(request, reply, refusal as Refusal);
      const wait = refusal.params?.["retryAfterSeconds"];
      if (typeof wait === "number") reply.header("retry-after", String(Math.ceil(wait)));
      const { status, code, params = {} } = refusal;
      const page = { page: "problem", status, code, params, requestId: request.id } as const;
      return write(request, reply, county, page, { status });
    },
  };
};
