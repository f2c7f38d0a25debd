import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const document = readFileSync(join(ROOT, "docs", "security.md"), "utf8");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
}).split("\n");

/** What a row names as its place or its proof: files and folders between backquotes. */
const named = (pattern: RegExp): string[] => [
  ...new Set([...document.matchAll(pattern)].map((match) => match[1] ?? "")),
];

it("names files, folders and migrations that are there", () => {
  const names = named(/`([\w./-]+\.(?:ts|tsx|sql))`/g);
  expect(names.length).toBeGreaterThan(50);
  const gone = names.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)));
  const folders = named(/`((?:modules|platform|commands|identity|tools)\/[a-z/-]+)`/g);
  const empty = folders.filter((folder) => !files.some((file) => file.includes(`${folder}/`)));
  const numbers = named(/migrations? (\d{4})/g);
  const unknown = numbers.filter(
    (number) => !files.some((f) => f.includes(`migrations/${number}_`)),
  );
  expect({ gone, empty, unknown }).toEqual({ gone: [], empty: [], unknown: [] });
});
