const FIRST_BYTES = 256 * 1024;
const SMALLEST_BYTES = 64 * 1024;
/** As much as the server takes in one request. */
const LARGEST_BYTES = 1024 * 1024;
/** A piece that took less than this may be followed by one twice as large. */
const QUICK_MS = 4_000;
/** One that took longer is followed by one half as large: less is lost when the line breaks. */
const SLOW_MS = 15_000;

let present = FIRST_BYTES;

/** Bytes of the next piece of a photo, as the line has been lately. */
export const pieceBytes = (): number => present;

/** Tells how long a piece took, null when it got no answer. */
export function notePiece(tookMs: number | null): void {
  present = nextPieceBytes(present, tookMs);
}

/** The size that follows a piece of `bytes` which took so long; null: no answer came. */
export function nextPieceBytes(bytes: number, tookMs: number | null): number {
  if (tookMs === null || tookMs > SLOW_MS) return Math.max(SMALLEST_BYTES, bytes / 2);
  return tookMs < QUICK_MS ? Math.min(LARGEST_BYTES, bytes * 2) : bytes;
}
