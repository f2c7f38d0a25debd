import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of one exchange on a bad network. */
export type Fate = {
  /** The server works on it, but the connection breaks before the first byte of the answer. */
  isLost?: boolean;
  /** The same request reaches the server a second time, as a retrying network element sends it. */
  isDoubled?: boolean;
  /** Held up for so long on its way. */
  delayMs?: number;
};

export type LossyProxy = {
  address: string;
  /** Answers that the server gave and the browser never got. */
  lost: number;
  doubled: number;
  delayed: number;
  close(): Promise<void>;
};

const read = async (asked: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of asked) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/**
 * A bad network before a server: every request arrives and is worked on; `fateOf` says what
 * happens to it and to its answer.
 */
export async function lossyProxy(
  target: string,
  fateOf: (asked: IncomingMessage) => Fate,
): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);

  const exchange = (asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, url, headers } = asked;
      const onward = request({ hostname, port, method, path: url, headers }, resolve);
      onward.once("error", reject);
      onward.end(body);
    });

  const serve = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { isLost = false, isDoubled = false, delayMs = 0 } = fateOf(asked);
    const body = await read(asked);
    if (delayMs > 0) {
      proxy.delayed += 1;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    if (isDoubled) {
      proxy.doubled += 1;
      (await exchange(asked, body)).resume();
    }
    const answered = await exchange(asked, body);
    if (isLost) {
      proxy.lost += 1;
      answered.resume();
      answered.once("end", () => answer.destroy());
      return;
    }
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  };

  const server = createServer((asked, answer) => {
    serve(asked, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: LossyProxy = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: 0,
    doubled: 0,
    delayed: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
