import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SNIFF_BYTES } from "./image-kind.ts";

/** Unfinished uploads that one account may have; beginning another drops the oldest. */
export const PARTS_PER_ACCOUNT = 20;

/** One unfinished upload. Whoever has the same id and hash sends the same bytes. */
export type PartName = {
  countyCode: string;
  accountId: string;
  attachmentId: string;
  /** Of the whole photo, in hex. */
  sha256: string;
};

/** Where the bytes of an unfinished upload lie, below the folder of incoming files. */
export const partPath = (folder: string, part: PartName): string =>
  join(folder, part.countyCode, part.accountId, `${part.attachmentId}.${part.sha256}`);

/** Bytes that have arrived; 0 when nothing did. */
export const partSize = async (path: string): Promise<number> =>
  (await stat(path).catch(() => null))?.size ?? 0;

/** Makes room for one more upload of the account whose folder this is. */
const dropOldest = async (folder: string): Promise<void> => {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  const found = await Promise.all(
    paths.map(async (path) => ({ path, stat: await stat(path).catch(() => null) })),
  );
  const byAge = found.toSorted((a, b) => (b.stat?.mtimeMs ?? 0) - (a.stat?.mtimeMs ?? 0));
  for (const { path } of byAge.slice(PARTS_PER_ACCOUNT - 1)) await rm(path, { force: true });
};

/** Begins an upload: an empty file, unless it was begun before. */
export const beginPart = async (path: string): Promise<void> => {
  if ((await stat(path).catch(() => null)) !== null) return;
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await dropOldest(folder);
  await (await open(path, "a", 0o600)).close();
};

/**
 * Writes bytes from `offset` on. What arrived before the connection broke stays: the next piece
 * begins there. Two writers of one part write the same bytes to the same places, so neither needs
 * to know of the other.
 */
export const writePart = (
  path: string,
  offset: number,
  bytes: AsyncIterable<Buffer>,
): Promise<void> => pipeline(bytes, createWriteStream(path, { flags: "r+", start: offset }));

/** The first bytes, by which a kind of image is known. */
export const headOf = async (path: string): Promise<Buffer> => {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** SHA-256 of a file. */
export const hashOf = async (path: string): Promise<Buffer> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest();
};
