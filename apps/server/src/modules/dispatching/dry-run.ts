import type { CaseSource, dryRunDispatch, EndpointAnswer, EndpointParsed } from "@onegrid/contract";
import { authorityTarget, explainDispatch, localMoment } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { calendarOf } from "../calendar/index.ts";
import { categoriesOf, departmentsOf } from "../catalogue/index.ts";
import { componentsNamed } from "../components/index.ts";
import { gridsOf } from "../grids/index.ts";
import { caseNotFound, noGrids, unknownCategory, unknownComponent } from "./problems.ts";
import { checkedRulesOf } from "./rule-cache.ts";

type Asked = EndpointParsed<typeof dryRunDispatch>["body"];
type Told = EndpointAnswer<typeof dryRunDispatch>;

type Draft = {
  categoryCode: string;
  gridCode: string;
  source: CaseSource;
  componentCode: string | null;
  at: Date;
};

/** An existing case as its rule saw it, or would have: at the moment of its filing. */
const draftOfCase = async (ctx: Ctx, caseId: string): Promise<Draft> => {
  const row = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    trx
      .selectFrom("cases")
      .select(["category_code", "grid_code", "source", "component_code", "filed_at"])
      .where("county_code", "=", ctx.county.countyCode)
      .where("case_id", "=", caseId)
      .executeTakeFirst(),
  );
  if (row === undefined) throw new ProblemError(caseNotFound(caseId));
  return {
    categoryCode: row.category_code,
    gridCode: row.grid_code,
    source: row.source as CaseSource,
    componentCode: row.component_code,
    at: row.filed_at ?? ctx.clock.now(),
  };
};

const draftOf = async (ctx: Ctx, asked: Asked): Promise<Draft> => {
  if ("caseId" in asked) return draftOfCase(ctx, asked.caseId);
  const { categoryCode, location, source, componentCode, at } = asked;
  const place = (await gridsOf(ctx)).locate(location?.lng ?? null, location?.lat ?? null);
  if (place === undefined) throw new ProblemError(noGrids());
  return {
    categoryCode,
    gridCode: place.gridCode,
    source,
    componentCode,
    at: at === null ? ctx.clock.now() : new Date(at),
  };
};

/**
 * Which rule takes a case, and why not the ones before it. Changes nothing. Throws
 * `cases.not_found`, `dispatching.unknown_category`, `dispatching.unknown_component`,
 * `dispatching.no_grids`.
 */
export const dryRun = async (ctx: Ctx, asked: Asked): Promise<Told> => {
  const { countyCode, levelLengths } = ctx.county;
  const draft = await draftOf(ctx, asked);
  const named = draft.componentCode === null ? [] : [draft.componentCode];
  const [rules, grids, categories, departments, calendar, components] = await Promise.all([
    checkedRulesOf(ctx),
    gridsOf(ctx),
    categoriesOf(ctx.db, countyCode),
    departmentsOf(ctx.db, countyCode),
    calendarOf(ctx.db, countyCode),
    componentsNamed(ctx.db, countyCode, named),
  ]);
  const category = categories.get(draft.categoryCode);
  if (category === undefined) throw new ProblemError(unknownCategory(draft.categoryCode));
  const component = draft.componentCode === null ? null : components.get(draft.componentCode);
  if (component === undefined) {
    throw new ProblemError(unknownComponent(draft.componentCode ?? ""));
  }
  const { verdicts, target } = explainDispatch(
    rules,
    {
      categoryCode: category.categoryCode,
      net: category.net,
      kind: category.kind,
      emergency: category.emergency,
      gridCode: draft.gridCode,
      componentOwner: component?.ownerUnitCode ?? null,
      source: draft.source,
      ...localMoment(calendar, draft.at),
    },
    levelLengths,
  );
  const { tier, holderCode } = target ?? authorityTarget(draft, { category, levelLengths });
  const holderName =
    tier === "department" ? departments.get(holderCode)?.name : grids.get(holderCode)?.name;
  return {
    gridCode: draft.gridCode,
    gridName: grids.get(draft.gridCode)?.name ?? draft.gridCode,
    at: draft.at.toISOString(),
    verdicts,
    takenBy: target?.rule ?? null,
    target: { tier, holderCode, holderName: holderName ?? holderCode },
  };
};
