import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { expect, it } from "vitest";

const PROGRAM = `
  const { pino } = await import("pino");
  const { logDestination } = await import(process.argv[1]);
  const log = pino({}, logDestination());
  for (let n = 0; n < 3; n += 1) {
    log.error("there is no room for this line");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  console.error("still at work");
`;

it("loses its lines and not the process where the disk below the log is full", () => {
  const full = openSync("/dev/full", "w");
  const logFile = new URL("log.ts", import.meta.url).href;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", PROGRAM, logFile],
    {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
      cwd: import.meta.dirname,
      timeout: 20_000,
    },
  );
  closeSync(full);
  expect([status, stderr.trim()]).toEqual([0, "still at work"]);
});
