import { v7 } from "uuid";

/** UUIDv7: ids that a client chooses and that sort by time. */
export const newId = (): string => v7();

let lastSeq = 0;

/**
 * Order of commands made in this window. Begins at the second of the clock, so that a window
 * opened later goes on above; a command is a person's click, never more than one a second for long.
 */
export const nextDeviceSeq = (now: () => number = Date.now): number => {
  lastSeq = Math.max(lastSeq + 1, Math.floor(now() / 1000));
  return lastSeq;
};
