/** What a file is by its first bytes; the name and the content type it came with are only claims. */
export type ImageKind = "jpeg" | "png" | "webp" | "gif" | "heic" | "avif" | "unknown";

/** Kinds that are taken as photos. */
export const ACCEPTED: readonly ImageKind[] = ["jpeg", "png", "webp"];

/** How many bytes `imageKind` looks at. */
export const SNIFF_BYTES = 32;

const ascii = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to));

const HEIC_BRANDS = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];
const AVIF_BRANDS = ["avif", "avis"];

/** Brands of an ISO base media file (ISO/IEC 14496-12 `ftyp`): the major and the first compatible. */
const brandsOf = (head: Uint8Array): string[] =>
  ascii(head, 4, 8) === "ftyp" ? [8, 16, 20, 24, 28].map((at) => ascii(head, at, at + 4)) : [];

/** Kind by magic bytes: ITU-T T.81 B.1.1.3, ISO/IEC 15948 5.2, RFC 9649, ISO/IEC 23008-12. */
export const imageKind = (head: Uint8Array): ImageKind => {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  if (ascii(head, 0, 8) === "\u0089PNG\r\n\u001a\n") return "png";
  if (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return "gif";
  const brands = brandsOf(head);
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return "avif";
  return brands.some((brand) => HEIC_BRANDS.includes(brand)) ? "heic" : "unknown";
};
