import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../root.ts";
import { runStep } from "./run-step.ts";

export const SUITES = ["unit", "module", "browser"] as const;
export type Suite = (typeof SUITES)[number];

/** The totals of one suite. A file that could not be run counts as one failed test. */
export interface SuiteResult {
  isOk: boolean;
  seconds: number;
  passed: number;
  failed: number;
  skipped: number;
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Runs one suite with vitest, printing as it goes. `filter` is part of a file's path. */
export async function runSuite(suite: Suite, filter: string[]): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "onegrid-report-"));
  const file = join(folder, "report.json");
  try {
    const result = await runStep(
      [
        join(ROOT, "node_modules", "vitest", "vitest.mjs"),
        "run",
        "--project",
        suite,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
        ...filter,
      ],
      false,
    );
    const { isOk, seconds } = result;
    if (!existsSync(file)) return { isOk: false, seconds, passed: 0, failed: 1, skipped: 0 };
    const totals = report.parse(JSON.parse(readFileSync(file, "utf8")));
    const brokenFiles = totals.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    ).length;
    const failed = totals.numFailedTests + brokenFiles;
    return {
      isOk,
      seconds,
      passed: totals.numPassedTests,
      // Vitest also fails on errors that belong to no test.
      failed: isOk ? failed : Math.max(1, failed),
      skipped: totals.numPendingTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
