import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { importCatalogue } from "../../modules/catalogue/index.ts";
import type { Ctx } from "../../platform/context.ts";

/** The shipped samples; both say 示例 in their label and mark every line as a sample. */
const readSample = async (name: string): Promise<Record<string, unknown>> => {
  const text = await readFile(join(import.meta.dirname, name), "utf8");
  return JSON.parse(text) as Record<string, unknown>;
};

/**
 * Gives a county the sample departments and the sample authority list, by the way every county's
 * own list takes. Throws when the shipped files do not pass that gate.
 */
export const loadDemoCatalogue = async (ctx: Ctx): Promise<void> => {
  const { departments } = await readSample("sample-departments.json");
  const list = await readSample("sample-authority-list.json");
  const bytes = Buffer.from(JSON.stringify({ ...list, departments }));
  const { issues } = await importCatalogue(ctx, { bytes, dryRun: false });
  if (issues.length > 0)
    throw new Error(`the sample catalogue is faulty: ${JSON.stringify(issues)}`);
};
