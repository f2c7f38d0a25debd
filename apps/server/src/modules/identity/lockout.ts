/** How a counter of failed sign-ins slows the next try down. */
export type LockoutRule = {
  /** Failures that cost nothing. */
  free: number;
  /** Wait after the first failure beyond; each further one doubles it. */
  firstWaitSeconds: number;
  /** Never longer: a stranger must not be able to shut a user out. */
  longestWaitSeconds: number;
};

/** For one account, whoever tries. Short at its longest; see `addressRule` for the stranger. */
export const ACCOUNT_RULE: LockoutRule = {
  free: 5,
  firstWaitSeconds: 10,
  longestWaitSeconds: 300,
};

/** For one network address, whatever it tries. A whole office may share one. */
export const ADDRESS_RULE: LockoutRule = {
  free: 30,
  firstWaitSeconds: 10,
  longestWaitSeconds: 3_600,
};

/** Seconds to wait after so many failures. */
export const waitAfter = (failures: number, rule: LockoutRule): number =>
  failures < rule.free
    ? 0
    : Math.min(rule.firstWaitSeconds * 2 ** (failures - rule.free), rule.longestWaitSeconds);

const REMEMBERED = 20_000;
const FORGET_AFTER_MS = 24 * 3_600_000;

type Memory = { failures: number; lockedUntilMs: number; lastMs: number };

/**
 * Failures of what has no row to count in: addresses, logins nobody has, known devices. Bounded:
 * the least recently used are forgotten first. Each process counts for itself.
 */
export class FailureMemory {
  readonly #rule: LockoutRule;
  readonly #entries = new Map<string, Memory>();

  constructor(rule: LockoutRule) {
    this.#rule = rule;
  }

  /**
   * Claims a try. Answers 0 when it may go on; it then counts as failed until `succeed` is called,
   * so that tries made at the same time are all counted. Otherwise the seconds to wait.
   */
  claim(key: string, nowMs: number): number {
    const known = this.#entries.get(key);
    const entry =
      known !== undefined && nowMs - known.lastMs < FORGET_AFTER_MS
        ? known
        : { failures: 0, lockedUntilMs: 0, lastMs: nowMs };
    if (entry.lockedUntilMs > nowMs) return (entry.lockedUntilMs - nowMs) / 1000;
    entry.failures += 1;
    entry.lastMs = nowMs;
    entry.lockedUntilMs = nowMs + waitAfter(entry.failures, this.#rule) * 1000;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > REMEMBERED) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return 0;
  }

  /** Takes the claimed try back. Earlier failures stay: other people's guesses are not forgiven. */
  succeed(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.failures -= 1;
    entry.lockedUntilMs = 0;
  }

  /** Forgets the key altogether. */
  clear(key: string): void {
    this.#entries.delete(key);
  }
}
