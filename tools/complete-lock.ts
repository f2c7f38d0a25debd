/**
 * Completes package-lock.json after `npm install` against a mirror that lacks the binaries of other
 * platforms: npm drops such optional packages from the lock, and `npm ci` then refuses the lock.
 * Adds them by name, version and platform; npm fetches none of them on this platform.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "./root.ts";

const entry = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockFile = z.looseObject({ packages: z.record(z.string(), entry) });

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS: Record<string, string> = {
  arm: "arm",
  arm64: "arm64",
  armv6: "arm",
  armv7: "arm",
  ia32: "ia32",
  loong64: "loong64",
  mips64el: "mips64el",
  ppc64: "ppc64",
  ppc64le: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  universal: "any",
  wasm32: "wasm32",
  x64: "x64",
};
const LIBRARIES: Record<string, string> = {
  gnu: "glibc",
  gnueabihf: "glibc",
  musl: "musl",
  musleabihf: "musl",
};

/** npm's `os`, `cpu` and `libc` from a name like `@scope/thing-linux-arm64-musl`; else undefined. */
export function platformOf(name: string): Record<string, string[]> | undefined {
  const words = name.toLowerCase().split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = words.map((word) => PROCESSORS[word]).find((found) => found !== undefined);
  if (cpu === undefined || (os === undefined && cpu !== "wasm32")) return undefined;
  const libc = words.map((word) => LIBRARIES[word]).find((found) => found !== undefined);
  return {
    ...(os !== undefined && { os: [os] }),
    ...(cpu !== "any" && { cpu: [cpu] }),
    ...(os === "linux" && libc !== undefined && { libc: [libc] }),
  };
}

/** Where npm may have put `name` for the package at `path`: beside it or in any folder above. */
function isLocked(packages: Record<string, unknown>, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (Object.hasOwn(packages, `${at === "" ? "" : `${at}/`}node_modules/${name}`)) return true;
    if (!at.includes("/node_modules/")) return Object.hasOwn(packages, `node_modules/${name}`);
  }
}

function main(): void {
  const file = join(ROOT, "package-lock.json");
  const lock = lockFile.parse(JSON.parse(readFileSync(file, "utf8")));
  const added: string[] = [];
  for (const [path, { dev, optionalDependencies }] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === undefined || isLocked(lock.packages, path, name)) continue;
      const version = range.replace(/^[\^~]/, "");
      lock.packages[`node_modules/${name}`] = {
        version,
        ...platform,
        ...(dev && { dev }),
        optional: true,
      };
      added.push(`${name}@${version}`);
    }
  }
  const byPath = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(byPath);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} packages of other platforms added to package-lock.json`);
}

if (import.meta.main) main();
