import type { Category } from "@onegrid/contract";
import { checkCategory, type CategoryDraft, sameCategory } from "@onegrid/domain";
import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { catalogueCache } from "./catalogue-cache.ts";
import { readCategories, readKnown } from "./catalogue-queries.ts";
import { draftOf } from "./catalogue-row.ts";
import { lockCatalogue, writeCategories } from "./catalogue-store.ts";
import { invalidCategory, unknownUnit, versionConflict } from "./problems.ts";

/** A category as somebody wrote it, with the version they had read (0: a new one). */
export type CategoryEdit = Omit<CategoryDraft, "sample"> & { baseVersion: number };

/**
 * Adds a category or writes its next version. Cases keep the version and the limit frozen on them.
 * The same content again changes nothing. An edited sample line is no sample any more.
 * Throws `catalogue.version_conflict`, `catalogue.unknown_unit`, `catalogue.invalid`.
 */
export const putCategory = async (ctx: Ctx, edit: CategoryEdit): Promise<Category> => {
  const { countyCode } = ctx.county;
  const { baseVersion, ...content } = edit;
  const written = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockCatalogue(trx, countyCode);
    const find = async () =>
      (await readCategories(trx, countyCode)).find(
        ({ categoryCode }) => categoryCode === edit.categoryCode,
      );
    const before = await find();
    const version = before?.version ?? 0;
    if (version !== baseVersion) throw new ProblemError(versionConflict(baseVersion, version));
    if (before && sameCategory({ ...content, sample: before.sample }, draftOf(before)))
      return before;

    const issues = checkCategory({ ...content, sample: false }, await readKnown(trx, countyCode));
    if (issues.some(({ code }) => code === "unit_unknown")) {
      throw new ProblemError(unknownUnit(edit.ownerUnitCode ?? ""));
    }
    if (issues.length > 0) {
      const fields = issues.map(({ field, code, allowed }) => ({
        field: `/body/${field}`,
        code: `catalogue.${code}`,
        allowed,
      }));
      throw new ProblemError(invalidCategory(fields));
    }
    await writeCategories(trx, countyCode, [{ ...content, sample: false, version: version + 1 }]);
    await announceChange(trx, "catalogue", countyCode);
    await audit(trx, ctx, {
      action: "catalogue.change",
      outcome: "done",
      subject: edit.categoryCode,
      detail: { version: version + 1 },
    });
    return find();
  });
  catalogueCache.forget(ctx.db, countyCode);
  if (written === undefined) throw new RangeError(`${edit.categoryCode} was written and is gone`);
  return written;
};
