import type { FastifyRequest } from "fastify";
import type { Config } from "./config.ts";

/**
 * How the server logs: never a body, a cookie or an address, and of a request only the pattern of
 * its path, as paths and queries hold receipt codes and words that people search for.
 * What the database says of an error beside its message may quote a row.
 */
export const logOptions = (level: Config["logLevel"]) =>
  level === "silent"
    ? false
    : {
        level,
        redact: { paths: ["err.detail", "err.where", "err.internalQuery"], remove: true },
        serializers: {
          req: ({ method, routeOptions }: FastifyRequest) => ({
            method,
            route: routeOptions.url ?? "none",
          }),
        },
      };
