/**
 * mulberry32 (Tommy Ettinger, public domain): small, fast, the same numbers from the same seed.
 * For sample data only, never for secrets.
 */
export const seededRandom = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** In [0, 1). */
    next,
    /** In [from, to). */
    between: (from: number, to: number) => from + next() * (to - from),
    /** True in `share` of all calls. */
    chance: (share: number) => next() < share,
    /** One of a list that is not empty. */
    pick: <T>(list: readonly T[]): T => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
  };
};

export type SeededRandom = ReturnType<typeof seededRandom>;
