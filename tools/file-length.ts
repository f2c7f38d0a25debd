import { globSync, readFileSync } from "node:fs";
import { ROOT } from "./root.ts";

/** Lines from which a file is asked about, and from which it must be split. */
const ASK = 300;
const LIMIT = 400;

const files = globSync("{packages,apps,bench,tools}/**/*.{ts,tsx,css,sql}", {
  cwd: ROOT,
  exclude: ["**/node_modules/**", "**/dist/**", "**/generated/**", "**/*.gen.ts"],
});

const long = files
  .map((file) => ({ file, lines: readFileSync(`${ROOT}/${file}`, "utf8").split("\n").length - 1 }))
  .filter(({ lines }) => lines > ASK)
  .sort((a, b) => b.lines - a.lines);

for (const { file, lines } of long) {
  console.log(`${lines > LIMIT ? "must be split" : "long"}: ${file} (${lines} lines)`);
}
const tooLong = long.filter(({ lines }) => lines > LIMIT).length;
if (tooLong > 0) process.exitCode = 1;
console.log(`${files.length} files, ${long.length} above ${ASK} lines, ${tooLong} above ${LIMIT}`);
