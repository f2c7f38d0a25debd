import { createServer } from "node:net";
import { OperatorError } from "../../platform/operator-error.ts";

const FIRST = 8080;
const TRIES = 20;

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * The port to listen on: the wanted one or a refusal; without a wish the first free one from 8080.
 * Throws `start.port_in_use` or `start.cannot_listen`.
 */
export async function choosePort(host: string, wanted: number | undefined): Promise<number> {
  try {
    if (wanted !== undefined) {
      if (wanted === 0 || (await isFree(host, wanted))) return wanted;
    } else {
      for (let port = FIRST; port < FIRST + TRIES; port += 1) {
        if (await isFree(host, port)) return port;
      }
    }
  } catch (cause) {
    throw new OperatorError(
      "start.cannot_listen",
      `OneGrid cannot listen on ${host} port ${wanted ?? FIRST}.`,
      "Ports below 1024 need rights of their own; the host must be an address of this machine.",
      { cause },
    );
  }
  throw new OperatorError(
    "start.port_in_use",
    `Port ${wanted ?? `${FIRST} to ${FIRST + TRIES - 1}`} is in use.`,
    "Choose another: --port N",
  );
}
