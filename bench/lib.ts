/** What a benchmark found, against what it has to reach. */
export interface Result {
  name: string;
  /** What was measured, in `unit`. */
  value: number;
  /** What it is held against, in the same unit: a fixed limit, or another way measured in this run. */
  limit: number;
  unit: string;
  /** value ÷ limit, or limit ÷ value where less is better; so more is always better. */
  ratio: number;
  /** Smallest ratio that is good enough; 1 unless told. */
  goal?: number;
  /** What the limit is. */
  against: string;
  /** Said when the goal is missed: what holds it back. */
  why: string;
}

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

/** Prints a result in one line and, when the goal is missed, why; the process then ends non-zero. */
export function report(result: Result): boolean {
  const { name, value, limit, unit, ratio, goal = 1, against, why } = result;
  const reached = ratio >= goal;
  console.log(
    `${reached ? "reached" : "MISSED "} ${name}: ${number.format(value)} ${unit} against ` +
      `${number.format(limit)} (${against}) · ratio ${ratio.toFixed(2)}, goal ${goal}`,
  );
  if (!reached) {
    console.log(`        ${why}`);
    process.exitCode = 1;
  }
  return reached;
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const begunAt = performance.now();
  await work();
  return (performance.now() - begunAt) / 1000;
}

/** Middle of the values: a noisy neighbour on the machine moves it least. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
