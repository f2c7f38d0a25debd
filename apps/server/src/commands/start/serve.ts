import { startServer } from "../../main.ts";
import type { Config } from "../../platform/config.ts";
import { startWorker } from "../../worker.ts";

/** A county being served. `close` drains requests first, then jobs. */
export interface Serving {
  /** What a browser opens. */
  address: string;
  close(): Promise<void>;
}

/** Starts the HTTP server and the worker in this process. */
export async function serve(config: Config): Promise<Serving> {
  const server = await startServer(config);
  try {
    const worker = await startWorker(config);
    return {
      address: server.address,
      close: async () => {
        await server.close();
        await worker.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
