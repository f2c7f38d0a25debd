import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startServer } from "../../main.ts";
import type { Config } from "../../platform/config.ts";

/** A county being served. `close` drains requests first, then jobs. */
export interface Serving {
  /** What a browser opens. */
  address: string;
  close(): Promise<void>;
}

interface WorkerModule {
  startWorker(config: Config): Promise<{ close(): Promise<void> }>;
}

function isWorkerModule(value: unknown): value is WorkerModule {
  return (
    typeof value === "object" &&
    value !== null &&
    "startWorker" in value &&
    typeof value.startWorker === "function"
  );
}

async function startWorker(config: Config): Promise<{ close(): Promise<void> }> {
  const file = join(import.meta.dirname, "..", "..", "worker.ts");
  if (!existsSync(file)) return { close: async () => {} };
  const worker: unknown = await import(pathToFileURL(file).href);
  if (!isWorkerModule(worker)) throw new TypeError(`${file} does not export startWorker`);
  return worker.startWorker(config);
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
