import { createHash } from "node:crypto";

/** An id that follows from its parts (UUIDv8): whoever does the work again names the same line. */
export const derivedId = (...parts: (string | number)[]): string => {
  const bytes = createHash("sha256").update(parts.join("\0")).digest();
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes
    .toString("hex")
    .slice(0, 32)
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};
