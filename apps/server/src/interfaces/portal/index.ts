import { join } from "node:path";
import compress from "@fastify/compress";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import fastifyStatic from "@fastify/static";
import { PHOTO_MAX_BYTES } from "@onegrid/contract";
import type { FastifyInstance } from "fastify";
import { refusalOf, sendProblem } from "../../platform/http.ts";
import { isWorkerFile, workerPolicy } from "../../platform/security-headers.ts";
import type { MountRoutes, Services } from "../../platform/services.ts";
import { mountBrowsing } from "./browse-routes.ts";
import { mountNoticePages } from "./notice-routes.ts";
import { choose } from "./preferences.ts";
import { mountMessageLinks } from "./receipt-deeds.ts";
import { mountReceipts } from "./receipt-routes.ts";
import { loadPortal, type Portal } from "./renderer.ts";
import { mountReport } from "./report-routes.ts";
import { pageSender } from "./send-page.ts";
import { mountWho } from "./who-routes.ts";

/** Of one form: its dozen fields and nine photos with room for what a browser adds. */
const FORM_LIMITS = {
  fileSize: PHOTO_MAX_BYTES + 1,
  files: 20,
  fields: 40,
  fieldSize: 16 * 1024,
  parts: 60,
};

const notBuilt = {
  code: "portal.not_built",
  status: 503,
  detail:
    "the residents' pages are not built: run ./onegrid start, or npm run build -w apps/portal",
} as const;

const noSuchPage = {
  code: "request.no_such_path",
  status: 404,
  detail: "nothing lives at this path",
} as const;

const mountPages = async (app: FastifyInstance, services: Services, portal: Portal) => {
  const pages = pageSender(services, portal);
  await app.register(formbody);
  await app.register(multipart, { limits: FORM_LIMITS });
  // Addresses of receipts are secrets and their pages mirror nothing: compressing tells nobody.
  await app.register(compress, { threshold: 1024 });
  await app.register(fastifyStatic, {
    root: join(portal.clientDir, "assets"),
    prefix: "/portal/assets/",
    decorateReply: false,
    preCompressed: true,
    index: false,
    immutable: true,
    maxAge: "365d",
    setHeaders: (reply, path) => {
      if (isWorkerFile(path)) void reply.header("content-security-policy", workerPolicy());
    },
  });

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal.status >= 500) request.log.error({ err: error }, "portal");
    const unexpected = { code: "server.unexpected", status: 500, detail: "unexpected" };
    return pages.sendRefusal(request, reply, refusal ?? unexpected);
  });

  mountBrowsing(app, services, pages);
  mountWho(app, services, pages);
  mountNoticePages(app, services, pages);
  mountReport(app, services, pages);
  mountReceipts(app, services, pages);
  mountMessageLinks(app, services, pages);
  app.post("/preferences", async (request, reply) => {
    await services.gate(request, "public", false);
    return choose(services.config, request.body, reply);
  });
  // Whatever nobody else answers: people get a page, programs a problem document.
  app.get("/*", (request, reply) => {
    const asksForPage = (request.headers.accept ?? "").includes("text/html");
    if (request.url.startsWith("/api/") || !asksForPage) {
      return sendProblem(request, reply, noSuchPage);
    }
    return pages.sendRefusal(request, reply, noSuchPage);
  });
};

/**
 * The residents' portal at /: pages drawn on the server that work without scripts. It uses the
 * modules as a resident and owns nothing. Without a built portal, / says how to build it.
 */
export const mountPortal: MountRoutes = async (app, services) => {
  const { frontsDir } = services.config;
  if (frontsDir === null) return;
  const portal = await loadPortal(join(frontsDir, "portal"));
  if (portal === null) {
    app.get("/", (request, reply) => sendProblem(request, reply, notBuilt));
    return;
  }
  await app.register((scope) => mountPages(scope, services, portal));
};
