import type { FastifyRequest } from "fastify";
import { destination, type DestinationStream } from "pino";
import type { Config } from "./config.ts";

/** What waits to be written at most; beyond it lines are dropped. */
const WAITING_BYTES = 1024 * 1024;

/**
 * Where log lines go: standard output. A disk that is full below it costs lines, never the process,
 * which is what pino would do of itself. Written at once: what pino still holds at the end of the process
 * it tries to write for ever.
 */
export const logDestination = (): DestinationStream =>
  destination({ dest: 1, sync: true, maxLength: WAITING_BYTES }).on("error", () => {});

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
        stream: logDestination(),
        redact: { paths: ["err.detail", "err.where", "err.internalQuery"], remove: true },
        serializers: {
          req: ({ method, routeOptions }: FastifyRequest) => ({
            method,
            route: routeOptions.url ?? "none",
          }),
        },
      };
