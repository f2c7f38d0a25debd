import { randomUUID } from "node:crypto";
import helmet from "@fastify/helmet";
import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { mountAttachments } from "./modules/attachments/index.ts";
import { mountAudit } from "./modules/audit/index.ts";
import { mountBoard } from "./modules/board/index.ts";
import { mountCalendar } from "./modules/calendar/index.ts";
import { mountCases } from "./modules/cases/index.ts";
import { mountCatalogue } from "./modules/catalogue/index.ts";
import { mountComponents } from "./modules/components/index.ts";
import { mountDispatching } from "./modules/dispatching/index.ts";
import { mountCounty } from "./modules/county/index.ts";
import { mountFeedback } from "./modules/feedback/index.ts";
import { mountDesk } from "./modules/desk/index.ts";
import { mountExports, mountListFiles } from "./modules/exports/index.ts";
import { mountGridChanges } from "./modules/grid-changes/index.ts";
import { mountGrids } from "./modules/grids/index.ts";
import { createGate, mountIdentity } from "./modules/identity/index.ts";
import { mountNotifications, signInCodeSender } from "./modules/notifications/index.ts";
import { mountImports } from "./modules/imports/index.ts";
import { mountNotices } from "./modules/notices/index.ts";
import { mountOrganisations } from "./modules/organisations/index.ts";
import { mountPosts } from "./modules/posts/index.ts";
import { mountReassignments } from "./modules/reassignment/index.ts";
import { mountRegisters } from "./modules/registers/index.ts";
import { mountPatrols } from "./modules/patrols/index.ts";
import { mountSubstitutions } from "./modules/substitutions/index.ts";
import { mountSuggestions } from "./modules/suggestions/index.ts";
import { mountFronts } from "./interfaces/fronts/index.ts";
import { mountPortal } from "./interfaces/portal/index.ts";
import { mountTiles } from "./interfaces/tiles/index.ts";
import { systemClock, type Clock } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import { keepRing } from "./platform/data-keys/keep-ring.ts";
import { openDatabase, type Database } from "./platform/database.ts";
import { mountHealth } from "./platform/health.ts";
import { installProblemHandlers } from "./platform/http.ts";
import { logOptions } from "./platform/log.ts";
import { shedOverload } from "./platform/overload.ts";
import { graphileJobs } from "./platform/jobs.ts";
import { helmetOptions, sendPermissionsPolicy } from "./platform/security-headers.ts";
import type { Services } from "./platform/services.ts";

export type App = {
  http: FastifyInstance;
  services: Services;
  /** Stops taking requests, lets those under way end, closes the database. */
  close(): Promise<void>;
};

export type AppOptions = { clock?: Clock; database?: Database };

/** Builds the HTTP server with every module mounted; does not listen. */
export const buildApp = async (config: Config, options: AppOptions = {}): Promise<App> => {
  const database = options.database ?? openDatabase({ url: config.databaseUrl });
  const http = Fastify({
    logger: logOptions(config.logLevel),
    // Long enough for a photo over a poor line; a client that trickles is cut off.
    requestTimeout: 300_000,
    http: { headersTimeout: 20_000 },
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    trustProxy: "loopback",
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 200 },
  });
  const base = { config, database, clock: options.clock ?? systemClock, jobs: graphileJobs };
  const services: Services = { ...base, gate: createGate(base) };

  const ring = await keepRing(database.pool, config.dataKey, {
    ...(config.dataKeyRefreshMs !== undefined && { everyMs: config.dataKeyRefreshMs }),
    onError: (error) => http.log.error({ err: error }, "the data keys cannot be read"),
  });

  installProblemHandlers(http);
  await http.register(helmet, helmetOptions(config));
  sendPermissionsPolicy(http);
  shedOverload(http);
  await http.register(cookie);
  mountHealth(http, services);
  for (const mountRoutes of [
    mountCounty,
    mountIdentity(signInCodeSender(config)),
    mountGrids,
    mountGridChanges,
    mountCatalogue,
    mountCalendar,
    mountComponents,
    mountDispatching,
    mountAttachments,
    mountAudit,
    mountCases,
    mountDesk,
    mountExports,
    mountListFiles,
    mountBoard,
    mountNotifications,
    mountFeedback,
    mountNotices,
    mountOrganisations,
    mountPosts,
    mountReassignments,
    mountRegisters,
    mountImports,
    mountPatrols,
    mountSubstitutions,
    mountSuggestions,
    mountTiles,
    mountPortal,
    mountFronts,
  ]) {
    await mountRoutes(http, services);
  }
  return {
    http,
    services,
    close: async () => {
      await http.close();
      ring.close();
      await database.close();
    },
  };
};
