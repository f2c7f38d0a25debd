import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Random bytes are fetched for many ids at once: each fetch is a call into the kernel. */
const POOL_BYTES = 4_096;
const ID_BYTES = 16;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

const rng = (): Uint8Array => {
  if (used + ID_BYTES > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.slice(used - ID_BYTES, used);
};

/** A new id: UUID version 7, ordered by time. */
export const newId = (): string => v7({ rng });
