import type { Component, EndpointParsed, putComponent as endpoint } from "@onegrid/contract";
import { localDayOf } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { draftProblems, type ComponentDraft } from "./component-draft.ts";
import { selectComponent } from "./component-queries.ts";
import { componentReferences } from "./component-references.ts";
import { lockComponents, writeComponents } from "./component-store.ts";
import { invalidComponent, versionConflict } from "./problems.ts";

export type ComponentEdit = EndpointParsed<typeof endpoint>["body"] & { componentCode: string };

/**
 * Adds a component or writes what it is now; its grid follows from its place, and an edited sample
 * is no sample any more. Throws `components.version_conflict`, `components.invalid`,
 * `components.no_grids`.
 */
export const putComponent = async (ctx: Ctx, edit: ComponentEdit): Promise<Component> => {
  const { countyCode, timeZone } = ctx.county;
  const county = await componentReferences(ctx);
  const { baseVersion, location, address, ...facts } = edit;
  const draft: ComponentDraft = {
    ...facts,
    ...location,
    address: address === "" ? null : address,
    recordedOn: null,
    sample: false,
  };
  const problems = draftProblems(draft, county);
  const grid = county.gridAt(draft.lng, draft.lat);
  if (problems.length > 0 || grid === undefined) {
    const fields = problems.map((one) => ({ ...one, field: `/body/${one.field}` }));
    throw new ProblemError(invalidComponent(fields));
  }
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockComponents(trx, countyCode);
    const before = await selectComponent(trx, countyCode, edit.componentCode);
    const version = before?.version ?? 0;
    if (version !== baseVersion) throw new ProblemError(versionConflict(baseVersion, version));
    const now = ctx.clock.now();
    const today = localDayOf(now.getTime(), timeZone);
    await writeComponents(trx, countyCode, [{ ...draft, ...grid }], now, today);
    await audit(trx, ctx, {
      action: "components.change",
      outcome: "done",
      subject: edit.componentCode,
      detail: { version: version + 1 },
    });
    const written = await selectComponent(trx, countyCode, edit.componentCode);
    if (written === undefined)
      throw new RangeError(`${edit.componentCode} was written and is gone`);
    return written;
  });
};
