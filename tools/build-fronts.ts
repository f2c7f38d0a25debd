import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.ts";

const FRONTS = ["portal", "field", "console"] as const;
export type Front = (typeof FRONTS)[number];
const SHARED = ["packages/{ui,client,contract,domain,geo}/{src/**,package.json}"];
/** Where each built front lies, in a folder of its own name. */
export const OUT = join(ROOT, ".onegrid", "fronts");

/** SHA-256 over the names and contents of everything that a front's build reads. */
function sourceHash(front: Front): string {
  const own = `apps/${front}/**/*`;
  const files = globSync([...SHARED, own, "package-lock.json"], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => entry.name === "node_modules" || entry.name === "dist",
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of files)
    hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function isFresh(front: Front, hash: string): boolean {
  const stamp = join(OUT, `${front}.stamp`);
  return existsSync(join(OUT, front)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function build(front: Front): void {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--outDir", join(OUT, front), "--emptyOutDir", "--logLevel", "warn"];
  const result = spawnSync(process.execPath, args, {
    cwd: join(ROOT, "apps", front),
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (result.status !== 0) throw new Error(`the ${front} front does not build; see above`);
}

/**
 * Builds the fronts whose sources changed since the last build into .onegrid/fronts/<front>.
 * The stamp is written last, so that an interrupted build is made again.
 */
export function buildFronts(fronts: readonly Front[] = FRONTS): void {
  for (const front of fronts) {
    if (!existsSync(join(ROOT, "apps", front, "vite.config.ts"))) continue;
    const hash = sourceHash(front);
    if (isFresh(front, hash)) continue;
    const begunAt = performance.now();
    process.stderr.write(`· building the ${front} front …`);
    mkdirSync(OUT, { recursive: true });
    rmSync(join(OUT, `${front}.stamp`), { force: true });
    build(front);
    writeFileSync(join(OUT, `${front}.stamp`), hash);
    process.stderr.write(` ${((performance.now() - begunAt) / 1000).toFixed(1)} s\n`);
  }
}

if (import.meta.main) buildFronts();
