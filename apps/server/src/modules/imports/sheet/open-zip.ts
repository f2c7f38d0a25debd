import { unzipSync, type UnzipFileInfo } from "fflate";

/** Bytes of all parts together, unpacked: a sheet of 100,000 rows is about 100 MB. */
const MOST_UNPACKED_BYTES = 300 * 1024 * 1024;
/** A part may be so many times its packed size; sheets full of repeated words reach about 40. */
const MOST_GROWTH = 250;
const SMALL_BYTES = 1024 * 1024;
const MOST_PARTS = 2_000;

const WANTED =
  /^xl\/(workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/i;

export type Parts = Map<string, Uint8Array>;

export type ZipOpened = { parts: Parts } | { code: "zip_bomb" | "macros" | "not_workbook" };

const isBomb = (files: readonly UnzipFileInfo[]): boolean => {
  const unpacked = files.reduce((sum, file) => sum + file.originalSize, 0);
  return (
    files.length > MOST_PARTS ||
    unpacked > MOST_UNPACKED_BYTES ||
    files.some(
      ({ size, originalSize }) => originalSize > SMALL_BYTES && originalSize > size * MOST_GROWTH,
    )
  );
};

/**
 * The parts of a workbook that are read, unpacked. Sizes are looked at before a byte is unpacked,
 * and nothing grows beyond the size it was announced with; macros are refused.
 */
export const openZip = (bytes: Uint8Array): ZipOpened => {
  const files: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (file) => {
        files.push(file);
        return false;
      },
    });
    if (isBomb(files)) return { code: "zip_bomb" };
    const names = files.map(({ name }) => name.toLowerCase());
    if (names.some((name) => name.endsWith("vbaproject.bin"))) return { code: "macros" };
    if (!names.includes("xl/workbook.xml")) return { code: "not_workbook" };
    const parts = unzipSync(bytes, { filter: ({ name }) => WANTED.test(name) });
    return {
      parts: new Map(Object.entries(parts).map(([name, part]) => [name.toLowerCase(), part])),
    };
  } catch {
    return { code: "not_workbook" };
  }
};

const decoder = new TextDecoder();

/** A part as text; undefined when the workbook has none of this name. */
export const partText = (parts: Parts, name: string): string | undefined => {
  const part = parts.get(name.toLowerCase());
  return part && decoder.decode(part);
};
