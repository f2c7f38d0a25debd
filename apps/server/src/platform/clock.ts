/** The only source of the present. Replay and tests pass one that they move themselves. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands where it was put. */
export const movableClock = (start: Date): Clock & { set(at: Date): void } => {
  let at = start;
  return {
    now: () => at,
    set: (next) => {
      at = next;
    },
  };
};
