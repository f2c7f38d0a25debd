import { announceChange } from "../../platform/changes.ts";
import { type Ctx, scopeOf } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import { catalogueCache, departmentCache } from "./catalogue-cache.ts";
import { lockCatalogue } from "./catalogue-store.ts";
import type { ImportPlan } from "./import/import-plan.ts";
import { importAuthorityList } from "./import/import-authority-list.ts";
import { importClasses } from "./import/import-classes.ts";
import {
  type CatalogueFile,
  type ImportIssue,
  readCatalogueFile,
  type ReadFile,
} from "./import/read-file.ts";

export type CatalogueImportReport = {
  kind: CatalogueFile["kind"] | null;
  encoding: ReadFile["encoding"];
  counts: ImportPlan["counts"];
  issues: ImportIssue[];
  /** Whether the catalogue was changed: not on a dry run, with an issue, or without a difference. */
  stored: boolean;
};

export type CatalogueImport = { bytes: Uint8Array; dryRun: boolean };

const plan = (trx: Trx, countyCode: string, file: CatalogueFile): Promise<ImportPlan> =>
  file.kind === "classes"
    ? importClasses(trx, countyCode, file.classes)
    : importAuthorityList(trx, countyCode, file);

const differs = ({ counts }: ImportPlan): boolean =>
  Object.values(counts).some(({ added, changed, removed }) => added + changed + removed > 0);

/**
 * Loads a standard's code table or an authority list from a file: all of it or, with a single
 * fault, nothing. The same file again changes nothing; a changed category gets its next version.
 * Every fault of the file is reported, not the first one only.
 */
export const importCatalogue = async (
  ctx: Ctx,
  { bytes, dryRun }: CatalogueImport,
): Promise<CatalogueImportReport> => {
  const { file, encoding, issues } = readCatalogueFile(bytes);
  const report = { kind: file?.kind ?? null, encoding, counts: {}, issues, stored: false };
  if (file === null) return report;
  const { countyCode } = ctx.county;
  const done = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockCatalogue(trx, countyCode);
    const planned = await plan(trx, countyCode, file);
    const all = [...issues, ...planned.issues].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const stored = all.length === 0 && !dryRun && differs(planned);
    if (stored) {
      await planned.write();
      await announceChange(trx, "catalogue", countyCode);
      await audit(trx, ctx, { action: "catalogue.change", outcome: "done", subject: file.kind });
    }
    return { ...report, counts: planned.counts, issues: all, stored };
  });
  if (done.stored) {
    catalogueCache.forget(ctx.db, countyCode);
    departmentCache.forget(ctx.db, countyCode);
  }
  return done;
};
