import type { Finding, Health } from "./check.ts";

const MARKS: Record<Health, string> = { ok: "ok  ", warn: "look", bad: "BAD " };
const COLOURS: Record<Health, number> = { ok: 32, warn: 33, bad: 31 };

/** The findings as a table; in colour on a terminal. Advice stands below its finding. */
export function paintHealth(findings: Finding[], isTerminal = process.stdout.isTTY): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .flatMap(({ name, health, detail, advice }) => {
      const mark = isTerminal
        ? `\u001B[${COLOURS[health]}m${MARKS[health]}\u001B[0m`
        : MARKS[health];
      const line = `${mark}  ${name.padEnd(width)}  ${detail}`;
      return advice === undefined ? [line] : [line, `${" ".repeat(width + 8)}→ ${advice}`];
    })
    .join("\n");
}
