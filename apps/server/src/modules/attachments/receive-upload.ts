import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PHOTO_MAX_BYTES } from "@onegrid/contract";
import { ProblemError } from "../../platform/problems.ts";
import { ACCEPTED, imageKind, SNIFF_BYTES } from "./image-kind.ts";
import { tooLarge, unreadable, unsupportedType } from "./problems.ts";

/** An upload that lies on the disk until it is encoded. */
export type Upload = {
  path: string;
  bytes: number;
  /** Of the bytes as sent. */
  sha256: Buffer;
};

/** Whether the sender's connection broke. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "ERR_STREAM_PREMATURE_CLOSE" || error.code === "ECONNRESET");

/** Passes bytes on while it counts, hashes and looks at the first of them. */
const inspector = () => {
  const hash = createHash("sha256");
  let head = Buffer.alloc(0);
  let bytes = 0;
  const judge = (isAll: boolean) => {
    if (head.length < SNIFF_BYTES && !isAll) return;
    const kind = imageKind(head);
    if (!ACCEPTED.includes(kind)) throw new ProblemError(unsupportedType(kind));
  };
  return {
    pass: async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > PHOTO_MAX_BYTES) throw new ProblemError(tooLarge);
        if (head.length < SNIFF_BYTES) {
          head = Buffer.concat([head, chunk.subarray(0, SNIFF_BYTES - head.length)]);
          judge(false);
        }
        hash.update(chunk);
        yield chunk;
      }
      judge(true);
    },
    result: () => ({ bytes, sha256: hash.digest() }),
  };
};

/**
 * Streams an upload into `folder` and hands it to `work`; removes it afterwards in any case. What
 * is too large or no photo by its first bytes is refused as soon as that is known.
 * Throws `attachments.too_large`, `.unsupported_type`, `.unreadable` (the connection broke).
 */
export const withUpload = async <T>(
  source: Readable,
  folder: string,
  work: (upload: Upload) => Promise<T>,
): Promise<T> => {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const { pass, result } = inspector();
  try {
    await pipeline(source, pass, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    return await work({ path, ...result() });
  } catch (error) {
    throw isCutOff(error) ? new ProblemError(unreadable) : error;
  } finally {
    await rm(path, { force: true });
  }
};
