/** Stands between the clients and the server, and cuts answers in the middle when it is told to. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export type CuttingProxy = {
  url: string;
  /** For so long each answer is cut off half way; resolves with how many were. */
  cutFor(milliseconds: number): Promise<number>;
  close(): Promise<void>;
};

/** Opens a proxy on a free port that leads to `port` of this machine. */
export const openCuttingProxy = async (port: number): Promise<CuttingProxy> => {
  const sockets = new Set<Socket>();
  let isCutting = false;
  let cut = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  };
  const proxy = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    keep(client);
    keep(server);
    client.pipe(server);
    server.on("data", (answer: Buffer) => {
      if (!isCutting) {
        client.write(answer);
        return;
      }
      cut += 1;
      client.write(answer.subarray(0, answer.length >> 1), () => client.destroy());
      server.destroy();
    });
    server.once("close", () => client.destroy());
    client.once("close", () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cutFor: async (milliseconds) => {
      cut = 0;
      isCutting = true;
      await wait(milliseconds);
      isCutting = false;
      return cut;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
};
