import { ProblemError } from "./problems.ts";

/** Runs work a few at a time. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * At most `atOnce` works run, at most `waiting` wait for their turn; beyond that a call is refused
 * with `server.unavailable` (503) at once, so that a flood takes neither memory nor time without
 * bound.
 */
export const limiter = (atOnce: number, waiting: number): Limiter => {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) {
        throw new ProblemError({
          code: "server.unavailable",
          status: 503,
          detail: "too much of this kind of work is waiting; nothing was changed",
          params: { retryAfterSeconds: 2 },
        });
      }
      // Whoever ends hands its place on, so nobody who comes later overtakes.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
