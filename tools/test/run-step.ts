import { spawn } from "node:child_process";
import { ROOT } from "../root.ts";

/** How a step ended. `output` is what it printed when it was run quietly. */
export interface StepResult {
  isOk: boolean;
  seconds: number;
  output: string;
}

function paint(code: number, text: string): string {
  return process.stdout.isTTY ? `\u001B[${code}m${text}\u001B[0m` : text;
}

/** The closing mark of a step: `ok` or `FAILED`, with its time. */
export function verdict(result: StepResult): string {
  const mark = result.isOk ? paint(32, "ok") : paint(31, "FAILED");
  return `${mark}  ${result.seconds.toFixed(1)} s`;
}

/**
 * Runs Node with `args` in the repository's root. Quiet steps keep their output for the report,
 * loud ones print as they go. Standard input is closed: nothing in a test may wait for a person.
 */
export function runStep(args: string[], isQuiet: boolean): Promise<StepResult> {
  const begunAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", isQuiet ? "pipe" : "inherit", isQuiet ? "pipe" : "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (isOk: boolean) =>
      resolve({
        isOk,
        seconds: (performance.now() - begunAt) / 1000,
        output: Buffer.concat(chunks).toString("utf8").trim(),
      });
    child.once("error", (error) => {
      chunks.push(Buffer.from(error.message));
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}
