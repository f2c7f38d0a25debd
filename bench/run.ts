/**
 * Runs every benchmark, one after the other, each in a process of its own; ends non-zero when one
 * of them missed its goal. Words after the command pick by name: `./onegrid bench tile import`;
 * options go on to the benchmark: `./onegrid bench faults --rounds=100`.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A benchmark reports; whatever else lies here serves one. */
const REPORTS = /import \{[^}]*\breport\b[^}]*\} from "\.\/lib\.ts"/;

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts"))
  .filter((name) => REPORTS.test(readFileSync(join(import.meta.dirname, name), "utf8")))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`No benchmark is called like that. They are in ${import.meta.dirname}`);
  process.exit(2);
}
const missed = files.filter((name) => {
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name), ...options], {
    stdio: "inherit",
  });
  return status !== 0;
});
console.log(
  missed.length === 0 ? "\nAll goals reached." : `\nMissed a goal or failed: ${missed.join(", ")}`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
