import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/**
 * Where the chain stood, written down outside the database once a day: whoever cuts off the end of
 * the chain, or makes a whole new one, has to change this file as well. Copy it to where the
 * database's administrators cannot write (docs/operations.md).
 */
const Anchor = z.object({
  at: z.string(),
  seq: z.string().regex(/^\d+$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Anchor = z.infer<typeof Anchor>;

const fileOf = (filesDir: string, countyCode: string): string =>
  join(filesDir, "audit-anchors", `${countyCode}.jsonl`);

/** Appends an anchor to the county's file. */
export const writeAnchor = async (
  filesDir: string,
  countyCode: string,
  anchor: Anchor,
): Promise<void> => {
  await mkdir(join(filesDir, "audit-anchors"), { recursive: true, mode: 0o700 });
  await appendFile(fileOf(filesDir, countyCode), `${JSON.stringify(anchor)}\n`, {
    mode: 0o600,
    flush: true,
  });
};

/** The county's anchors, oldest first, and the numbers of lines that are none. */
export const readAnchors = async (
  filesDir: string,
  countyCode: string,
): Promise<{ anchors: Anchor[]; unreadable: number[] }> => {
  let text: string;
  try {
    text = await readFile(fileOf(filesDir, countyCode), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { anchors: [], unreadable: [] };
    throw error;
  }
  const anchors: Anchor[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    try {
      anchors.push(Anchor.parse(JSON.parse(line)));
    } catch {
      unreadable.push(index + 1);
    }
  }
  return { anchors, unreadable };
};

/**
 * Takes anchors of links after `seq` out of the county's file, into one beside it that names the
 * moment: after a recovery to an earlier moment the chain goes on from there, and what was anchored
 * later stays on record. Answers how many there were.
 */
export const setAnchorsAside = async (
  filesDir: string,
  countyCode: string,
  seq: bigint,
  now: Date,
): Promise<number> => {
  const { anchors } = await readAnchors(filesDir, countyCode);
  const later = anchors.filter((anchor) => BigInt(anchor.seq) > seq);
  if (later.length === 0) return 0;
  const file = fileOf(filesDir, countyCode);
  const text = (of: readonly Anchor[]) =>
    of.map((anchor) => `${JSON.stringify(anchor)}\n`).join("");
  const moment = now.toISOString().replaceAll(":", "-");
  await writeFile(`${file}.before-${moment}`, text(later), { mode: 0o600 });
  const kept = anchors.filter((anchor) => BigInt(anchor.seq) <= seq);
  await writeFile(`${file}.new`, text(kept), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return later.length;
};
