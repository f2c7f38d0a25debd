import { buildApp, type App } from "./app.ts";
import { refuseUnreadyProcess } from "./modules/identity/index.ts";
import { configFromEnvironment, type Config } from "./platform/config.ts";

/** Starts the HTTP server; resolves when it listens. `address` is what a browser opens. */
export const startServer = async (config: Config): Promise<App & { address: string }> => {
  const app = await buildApp(config);
  const address = await app.http.listen({ host: config.host, port: config.port });
  return { ...app, address };
};

if (import.meta.main) {
  const config = configFromEnvironment(process.env);
  await refuseUnreadyProcess(config, process.argv, process.env);
  const server = await startServer(config);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}
