import type { FastifyReply } from "fastify";

/** Sends a file to be saved under its name, and kept by nobody on the way. */
export const sendFile = (
  reply: FastifyReply,
  { bytes, fileName, type }: { bytes: Uint8Array; fileName: string; type: string },
): FastifyReply =>
  reply
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header("cache-control", "private, no-store")
    .type(type)
    .send(Buffer.from(bytes));
