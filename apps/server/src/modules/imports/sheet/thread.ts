import { parentPort, workerData } from "node:worker_threads";
import { readTables } from "./read-tables.ts";

const { bytes, fileName, mostRows } = workerData as {
  bytes: Uint8Array;
  fileName: string;
  mostRows: number;
};
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(readTables(bytes, fileName, mostRows));
