import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { ROOT } from "../options.ts";
import type { Finding } from "./check.ts";

const GIB = 1024 ** 3;
const BAD_BELOW_GIB = 0.5;
const WARN_BELOW_GIB = 5;

/** Versions of OneGrid and of Node against what package.json asks for. */
export function versions(): Finding[] {
  const manifest = z
    .object({ version: z.string(), engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
  const wanted = Number(/\d+/.exec(manifest.engines.node)?.[0]);
  const isNewEnough = Number(process.versions.node.split(".")[0]) >= wanted;
  return [
    { name: "OneGrid", health: "ok", detail: manifest.version },
    {
      name: "Node",
      health: isNewEnough ? "ok" : "bad",
      detail: `${process.versions.node} (needs ${manifest.engines.node})`,
      ...(!isNewEnough && { advice: "start by ./onegrid, which brings its own" }),
    },
  ];
}

function nearestExisting(folder: string): string {
  let path = resolve(folder);
  while (!existsSync(path)) path = dirname(path);
  return path;
}

/** Free space on the disk of the data directory. A full disk stops the database. */
export async function disk(dataDir: string): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDir));
  const freeGiB = (bavail * bsize) / GIB;
  const health = freeGiB < BAD_BELOW_GIB ? "bad" : freeGiB < WARN_BELOW_GIB ? "warn" : "ok";
  return [
    {
      name: "disk",
      health,
      detail: `${freeGiB.toFixed(1)} GiB free for ${dataDir}`,
      ...(health !== "ok" && { advice: "make room before the database stops" }),
    },
  ];
}
