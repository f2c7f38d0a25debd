const HOUR_MS = 3_600_000;
const REMEMBERED = 20_000;

/** What one address may upload without an account in an hour: some forty photos. */
export const ANONYMOUS_BYTES_PER_HOUR = 200 * 1024 * 1024;

/** Bytes uploaded by each address in its present hour; the least recently begun are forgotten. */
export class UploadBudget {
  readonly #maxBytes: number;
  readonly #hours = new Map<string, { bytes: number; endsMs: number }>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Seconds until the address may upload again; 0 when it may now. */
  waitSeconds(address: string, nowMs: number): number {
    const hour = this.#hours.get(address);
    return hour === undefined || hour.endsMs <= nowMs || hour.bytes < this.#maxBytes
      ? 0
      : (hour.endsMs - nowMs) / 1000;
  }

  /** Counts what was uploaded, whether it was kept or refused. */
  spend(address: string, bytes: number, nowMs: number): void {
    const hour = this.#hours.get(address);
    if (hour !== undefined && hour.endsMs > nowMs) {
      hour.bytes += bytes;
      return;
    }
    this.#hours.delete(address);
    this.#hours.set(address, { bytes, endsMs: nowMs + HOUR_MS });
    const [oldest] = this.#hours.keys();
    if (this.#hours.size > REMEMBERED && oldest !== undefined) this.#hours.delete(oldest);
  }
}

const budgets = new WeakMap<object, UploadBudget>();

/** The one budget of a server process, whichever way photos come in. */
export const budgetOf = ({ database }: { database: object }): UploadBudget => {
  const known = budgets.get(database);
  if (known !== undefined) return known;
  const budget = new UploadBudget(ANONYMOUS_BYTES_PER_HOUR);
  budgets.set(database, budget);
  return budget;
};
