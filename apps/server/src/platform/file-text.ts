export type FileEncoding = "utf-8" | "utf-16le" | "gb18030";

const decode = (bytes: Uint8Array, encoding: FileEncoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/**
 * Text of a file as people save it: UTF-8 with or without a byte order mark, UTF-16 with one, or
 * GB 18030, which is what a Chinese Excel writes as CSV. Null when it is none of them.
 */
export const textOfFile = (bytes: Uint8Array): { text: string; encoding: FileEncoding } | null => {
  const order: FileEncoding[] =
    bytes[0] === 0xff && bytes[1] === 0xfe ? ["utf-16le"] : ["utf-8", "gb18030"];
  for (const encoding of order) {
    const text = decode(bytes, encoding);
    // A binary file may decode, but no text holds a NUL.
    if (text !== null && !text.includes("\0")) return { text, encoding };
  }
  return null;
};
