import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";

/** Fronts that are files; the root belongs to the portal, which the server renders. */
const FRONTS = ["console", "field"] as const;

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

const serveFront = async (app: FastifyInstance, name: string, root: string): Promise<void> => {
  const sendPage = (reply: FastifyReply) => reply.sendFile("index.html", root);
  // Relative addresses in the page need the last slash.
  app.get(`/${name}`, (_request, reply) => reply.redirect(`/${name}/`));
  await app.register(
    async (scope) => {
      await scope.register(fastifyStatic, {
        root,
        prefix: "/",
        // Files that the build compressed beforehand (.br, .gz) are sent as they are.
        preCompressed: true,
        index: ["index.html"],
        cacheControl: false,
        dotfiles: "ignore",
        setHeaders: (reply, path) => {
          void reply.header("cache-control", cacheControlOf(path.replaceAll("\\", "/")));
        },
      });
      scope.setNotFoundHandler((request, reply) =>
        isPage(request)
          ? sendPage(reply)
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
export const mountFronts: MountRoutes = async (app, { config }) => {
  if (config.frontsDir === null) return;
  for (const name of FRONTS) {
    const root = join(config.frontsDir, name);
    if (existsSync(join(root, "index.html"))) await serveFront(app, name, root);
  }
};
