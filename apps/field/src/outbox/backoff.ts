const FIRST_MS = 2_000;
const LONGEST_MS = 5 * 60_000;

/**
 * Wait before the next try, milliseconds: doubles with each failure up to five minutes; half of it
 * is random, so that the phones of a street do not come back all at once after an outage.
 * `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
