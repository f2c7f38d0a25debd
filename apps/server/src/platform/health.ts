import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Services } from "./services.ts";

/**
 * `/healthz`: the process answers. `/readyz`: it can also reach the database and so take work;
 * 503 tells a load balancer to send requests elsewhere.
 */
export const mountHealth = (app: FastifyInstance, { database }: Services): void => {
  app.get("/healthz", async () => ({ status: "alive" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await sql`SELECT 1`.execute(database.db);
      return { status: "ready" };
    } catch {
      return reply.status(503).send({ status: "database_away" });
    }
  });
};
