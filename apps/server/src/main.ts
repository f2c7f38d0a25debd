import { buildApp, type App } from "./app.ts";
import { configFromEnvironment, type Config } from "./platform/config.ts";

/** Starts the HTTP server; resolves when it listens. `address` is what a browser opens. */
export const startServer = async (config: Config): Promise<App & { address: string }> => {
  const app = await buildApp(config);
  const address = await app.http.listen({ host: config.host, port: config.port });
  return { ...app, address };
};

if (import.meta.main) {
  const server = await startServer(configFromEnvironment(process.env));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}
