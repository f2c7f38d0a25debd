/** Keeps server and worker running as a supervisor does, and kills them (-9) when asked to. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

export const PROGRAMS = ["server", "worker"] as const;
export type Program = (typeof PROGRAMS)[number];

const SOURCES: Record<Program, string> = {
  server: new URL("../apps/server/src/main.ts", import.meta.url).pathname,
  worker: new URL("../apps/server/src/worker.ts", import.meta.url).pathname,
};

const AGAIN_MS = 100;

export type KeptPrograms = {
  /** Ends it at once; it is started again by itself. Resolves when the old one is gone. */
  kill(program: Program): Promise<void>;
  /** Its process at the moment. */
  pid(program: Program): number | undefined;
  close(): Promise<void>;
};

/** Starts both programs, which write to `logFile`; one that ends, however it ends, is started again. */
export const keepPrograms = (env: NodeJS.ProcessEnv, logFile: string): KeptPrograms => {
  const running = new Map<Program, ChildProcess>();
  let isClosing = false;
  const start = (program: Program): void => {
    const log = openSync(logFile, "a");
    const child = spawn(process.execPath, [SOURCES[program]], {
      stdio: ["ignore", log, log],
      env,
    });
    closeSync(log);
    running.set(program, child);
    child.once("exit", () => {
      if (!isClosing) void wait(AGAIN_MS).then(() => (isClosing ? undefined : start(program)));
    });
  };
  const kill = async (program: Program): Promise<void> => {
    const child = running.get(program);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  };
  for (const program of PROGRAMS) start(program);
  return {
    kill,
    pid: (program) => running.get(program)?.pid,
    close: async () => {
      isClosing = true;
      await Promise.all(PROGRAMS.map(kill));
    },
  };
};
