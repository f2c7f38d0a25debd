import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type LossyProxy = {
  address: string;
  /** Answers that the server gave and the browser never got. */
  lost: number;
  close(): Promise<void>;
};

/**
 * A bad network before a server: every request arrives and is worked on, but of the answers that
 * `loses` names the connection breaks before the first byte.
 */
export async function lossyProxy(
  target: string,
  loses: (asked: IncomingMessage) => boolean,
): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((asked, answer) => {
    const { method, url, headers } = asked;
    const onward = request({ hostname, port, method, path: url, headers }, (answered) => {
      if (loses(asked)) {
        proxy.lost += 1;
        answered.resume();
        answered.once("end", () => answer.destroy());
        return;
      }
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.once("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: LossyProxy = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
