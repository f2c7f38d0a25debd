import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import readXlsx from "read-excel-file/node";

/** Rows of a CSV file as the product writes it, with a BOM. */
export const csvRows = async (path: string): Promise<string[][]> =>
  parse(await readFile(path), { bom: true });

/** Rows of the first sheet of an XLSX file. */
export const xlsxRows = async (path: string): Promise<unknown[][]> => {
  const [first] = await readXlsx(createReadStream(path));
  return (first?.data ?? []) as unknown[][];
};
