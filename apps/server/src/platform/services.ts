import type { FastifyInstance } from "fastify";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { Gate } from "./http.ts";
import type { Jobs } from "./jobs.ts";

/** What a server process is made of; built once in app.ts and handed to every module. */
export type Services = {
  config: Config;
  database: Database;
  clock: Clock;
  jobs: Jobs;
  gate: Gate;
};

/** A module's door for HTTP: mounts its endpoints. */
export type MountRoutes = (app: FastifyInstance, services: Services) => void | Promise<void>;
