import { createReadStream, statSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { messageOf, OperatorError } from "../../platform/operator-error.ts";
import type { ImportProgress } from "../../modules/grids/index.ts";

const FORMAT = "{phase} {bar} {percentage}% {value}/{total}";

/** A file as a stream of bytes that tells how far it is. Throws `import.no_file`. */
export function openFile(path: string, onRead: (bytes: number, of: number) => void) {
  let size: number;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new Error("it is not a file");
    size = stat.size;
  } catch (cause) {
    throw new OperatorError(
      "import.no_file",
      `${path} cannot be read: ${messageOf(cause)}`,
      undefined,
      {
        cause,
      },
    );
  }
  return (async function* read(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      bytes += (chunk as Buffer).length;
      onRead(bytes, size);
      yield chunk as Buffer;
    }
  })();
}

/** A bar that starts anew with each phase; silent where nobody looks (a pipe, CI). */
export function progressBar(): {
  show(phase: ImportProgress["phase"], done: number, total: number): void;
  stop(): void;
} {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, clearOnComplete: true });
  let present: string | undefined;
  return {
    show: (phase, done, total) => {
      if (phase === present) {
        bar.update(done);
        return;
      }
      if (present !== undefined) bar.stop();
      present = phase;
      bar.start(total, done, { phase: phase.padEnd(8) });
    },
    stop: () => {
      if (present !== undefined) bar.stop();
    },
  };
}
