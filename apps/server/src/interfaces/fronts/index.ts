import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../../platform/http.ts";
import {
  isWorkerFile,
  pagePolicy,
  tileHosts,
  workerPolicy,
} from "../../platform/security-headers.ts";
import type { MountRoutes, Services } from "../../platform/services.ts";
import { countyView } from "../../modules/county/index.ts";

/** Fronts that are files; the root belongs to the portal, which the server renders. */
const FRONTS = ["console", "field"] as const;
type Front = (typeof FRONTS)[number];

const YEAR_SECONDS = 365 * 86_400;
/** Vite puts a hash of the content into the names of everything below assets/. */
const HASHED = /\/assets\/[^/]+-[A-Za-z0-9_-]{8,}\.[a-z0-9.]+$/;

const cacheControlOf = (path: string): string =>
  HASHED.test(path)
    ? `public, max-age=${YEAR_SECONDS}, immutable`
    : // The page and the service worker name the hashed files: always ask whether they changed.
      "no-cache";

/** A page of the front's own router rather than a file that is missing. */
const isPage = (request: FastifyRequest): boolean =>
  request.method === "GET" &&
  (request.headers.accept ?? "").includes("text/html") &&
  !/\.[a-z0-9]{1,10}(\?|$)/i.test(request.url);

/** Where the console's build wants the nonce of its style elements (apps/console/vite.config.ts). */
const NONCE_PLACEHOLDER = "ONEGRID_STYLE_NONCE";
const NONCE_BYTES = 18;

/** A basemap's host is worth showing the page without: the database may be away. */
const tileHostsFor = (services: Services, request: FastifyRequest): Promise<string[]> =>
  countyView(services, request).then(
    ({ basemap }) => tileHosts(basemap),
    () => [],
  );

/** Draws a front's one page: its policy, and the nonce where the page has a place for one. */
const pageOf = (name: Front, root: string, services: Services) => {
  const html = readFileSync(join(root, "index.html"), "utf8");
  const wantsNonce = html.includes(NONCE_PLACEHOLDER);
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64");
    const policy = pagePolicy({
      ...(wantsNonce && { styleNonce: nonce }),
      // The phone keeps its page, policy included, for longer than a county keeps a basemap.
      tileHosts: name === "field" ? ["https:"] : await tileHostsFor(services, request),
    });
    return reply
      .header("content-security-policy", policy)
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(html.replaceAll(NONCE_PLACEHOLDER, nonce));
  };
};

const serveFront = async (
  app: FastifyInstance,
  name: Front,
  root: string,
  services: Services,
): Promise<void> => {
  const sendPage = pageOf(name, root, services);
  // Relative addresses in the page need the last slash.
  app.get(`/${name}`, (_request, reply) => reply.redirect(`/${name}/`));
  app.get(`/${name}/`, sendPage);
  app.get(`/${name}/index.html`, sendPage);
  await app.register(
    async (scope) => {
      await scope.register(fastifyStatic, {
        root,
        prefix: "/",
        // Files that the build compressed beforehand (.br, .gz) are sent as they are.
        preCompressed: true,
        index: false,
        cacheControl: false,
        dotfiles: "ignore",
        setHeaders: (reply, path) => {
          void reply.header("cache-control", cacheControlOf(path.replaceAll("\\", "/")));
          if (isWorkerFile(path)) void reply.header("content-security-policy", workerPolicy());
        },
      });
      scope.setNotFoundHandler((request, reply) =>
        isPage(request)
          ? sendPage(request, reply)
          : sendProblem(request, reply, {
              code: "request.no_such_path",
              status: 404,
              detail: "nothing lives at this path",
            }),
      );
    },
    { prefix: `/${name}` },
  );
};

/**
 * Serves the built console at /console/ and the phone at /field/, each with its own router's pages
 * answered by index.html. `frontsDir` holds one folder a front; a front that was not built is
 * simply not there.
 */
export const mountFronts: MountRoutes = async (app, services) => {
  const { frontsDir } = services.config;
  if (frontsDir === null) return;
  for (const name of FRONTS) {
    const root = join(frontsDir, name);
    if (existsSync(join(root, "index.html"))) await serveFront(app, name, root, services);
  }
};
