const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Draining waits this long for requests under way; then the process ends all the same. */
const PATIENCE_MS = 25_000;

/**
 * Resolves when the operator asks to stop. A second request does not wait any longer, and neither
 * does draining beyond its patience: the database is safe either way, it recovers by itself.
 */
export function stopRequested(say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isAsked) process.exit(130);
        isAsked = true;
        setTimeout(() => {
          say("requests did not end in time; stopping without them");
          process.exit(1);
        }, PATIENCE_MS).unref();
        resolve();
      });
    }
  });
}
