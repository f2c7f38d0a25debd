import { checks } from "./test/checks.ts";
import { ensureChromium } from "./test/chromium.ts";
import { runStep, verdict } from "./test/run-step.ts";
import { runSuite, SUITES, type Suite } from "./test/vitest.ts";

const usage = `Usage: ./onegrid test [checks|unit|module|browser] [FILTER...]

Without a word: every check and every suite. FILTER is part of a test file's path.

  checks    format, lint, file length, import rules, unused code, types, OpenAPI, fronts
  unit      pure functions
  module    use cases and queries on a real PostgreSQL
  browser   whole journeys in Chromium

The last line reads "N passed, N failed" and counts checks and tests.`;

let passed = 0;
let failed = 0;
const failures: string[] = [];

function count(name: string, passedHere: number, failedHere: number): void {
  passed += passedHere;
  failed += failedHere;
  if (failedHere > 0) failures.push(name);
}

async function runChecks(): Promise<void> {
  const all = checks();
  for (const [index, check] of all.entries()) {
    process.stdout.write(`[${index + 1}/${all.length}] ${check.name.padEnd(36)}`);
    const result = await runStep(check.args, true);
    console.log(verdict(result));
    count(check.name, result.isOk ? 1 : 0, result.isOk ? 0 : 1);
    if (result.isOk && check.isToldAlways) console.log(`      ${result.output.split("\n").at(-1)}`);
    if (result.isOk) continue;
    console.log(result.output);
    if (check.remedy) console.log(`Remedy: ${check.remedy}`);
  }
}

async function runTests(suite: Suite, filter: string[]): Promise<void> {
  console.log(`\n${suite} tests`);
  const lacking = suite === "browser" ? ensureChromium() : undefined;
  if (lacking !== undefined) {
    console.log(lacking);
    count(`${suite} tests`, 0, 1);
    return;
  }
  const result = await runSuite(suite, filter);
  const { passed: good, failed: bad, skipped, seconds } = result;
  console.log(
    `${suite}: ${good} passed, ${bad} failed, ${skipped} skipped, ${seconds.toFixed(0)} s`,
  );
  count(`${suite} tests`, good, bad);
}

async function main([word, ...filter]: string[]): Promise<void> {
  if (word === "--help" || word === "-h") {
    console.log(usage);
    return;
  }
  const suite = SUITES.find((name) => name === word);
  if (word !== undefined && suite === undefined && word !== "checks") {
    console.error(`There is no suite "${word}".\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const begunAt = performance.now();
  if (suite === undefined) await runChecks();
  const suites = suite ? [suite] : word === undefined ? SUITES : [];
  for (const each of suites) await runTests(each, filter);
  const minutes = ((performance.now() - begunAt) / 60_000).toFixed(1);
  console.log(
    failed === 0
      ? `\nEverything holds after ${minutes} min.`
      : `\nNot good, after ${minutes} min: ${failures.join(", ")}.`,
  );
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
