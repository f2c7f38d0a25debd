import { ORGANISATION_LEVELS, type OrganisationLevel, type RegisterValue } from "@onegrid/contract";
import { checkPlacement, isWithin } from "@onegrid/domain";
import {
  NOTHING_WRITTEN,
  partsOf,
  sumOfWritten,
  textIn,
  type ImportRow,
  type ImportTarget,
} from "../../platform/import-target.ts";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { gridsOf } from "../grids/index.ts";
import { planOrganisation, type Plan } from "./import-plan.ts";
import { selectFactLists, selectPlaces } from "./organisation-queries.ts";
import { lockOrganisations } from "./organisation-store.ts";
import { outsideScope } from "./problems.ts";
import { listOrganisations } from "./read-organisations.ts";
import { dayProblem, recordInTransaction } from "./record-facts.ts";

const ROWS_AT_ONCE = 5_000;

type Planning = { row: ImportRow; plan: Plan };

const add = (
  row: ImportRow,
  { code, params = {} }: { code: string; params?: Record<string, unknown> },
  column: string | null,
): void => {
  row.problems.push({ column, code, params });
};

const plansOf = async (
  trx: Trx,
  ctx: Ctx,
  rows: readonly ImportRow[],
  given: ReadonlySet<string>,
): Promise<Planning[]> => {
  const today = todayOf(ctx);
  const codes = rows.flatMap(({ values }) => textIn(values, "code") ?? []);
  const lists = await selectFactLists(trx, ctx.county.countyCode, codes);
  return rows.flatMap((row): Planning[] => {
    const known = lists.get(textIn(row.values, "code") ?? "") ?? [];
    const plan = planOrganisation(row.values, given, known, today);
    if ("refused" in plan) {
      add(row, plan.refused, plan.column);
      return [];
    }
    for (const fact of plan.facts) {
      const wrong = dayProblem(fact, today);
      if (wrong !== null) add(row, wrong, fact.kind === "renew" ? "renewedOn" : "foundedOn");
    }
    return [{ row, plan }];
  });
};

/** Column of the table that a refusal of the rules is about. */
const COLUMNS: Record<string, string> = {
  "organisations.unknown_grid": "gridCode",
  "organisations.wrong_grid_level": "gridCode",
  "organisations.outside_scope": "gridCode",
  "organisations.wrong_base": "base",
  "organisations.unknown_base": "baseCode",
  "organisations.unknown_parent": "parentCode",
  "organisations.wrong_parent": "parentCode",
};

const checkPlaces = async (trx: Trx, ctx: Ctx, plans: readonly Planning[]): Promise<void> => {
  const { countyCode } = ctx.county;
  const grids = await gridsOf(ctx);
  const spans = plans.map(({ plan }) => plan.last);
  const parents = spans.flatMap(({ parentCode }) => parentCode ?? []);
  const places = await selectPlaces(trx, countyCode, parents, spans);
  const inTable = new Map(plans.map((planning) => [planning.plan.code, planning]));
  /** Level of a parent as it will stand; undefined when there is none, or its own row is refused. */
  const levelOf = (code: string): OrganisationLevel | undefined => {
    const planning = inTable.get(code);
    return planning !== undefined && planning.row.problems.length === 0
      ? planning.plan.last.level
      : places.parentLevels.get(code);
  };
  const check = ({ row, plan }: Planning): boolean => {
    const { base, baseCode, gridCode, parentCode } = plan.last;
    const isOwn = [gridCode, plan.gridBefore ?? gridCode].every((code) =>
      isWithin(code, ctx.actor.scopeCode),
    );
    const refused = isOwn
      ? checkPlacement(plan.last, {
          gridLevel: grids.get(gridCode)?.level ?? null,
          baseExists: base === "grid" || places.known.has(`${base} ${baseCode}`),
          parentLevel: parentCode === null ? null : levelOf(parentCode),
        })
      : { refused: outsideScope(gridCode) };
    if (refused === null) return true;
    add(row, refused.refused, COLUMNS[refused.refused.code] ?? null);
    return false;
  };
  // A refused row takes those that stand under it along, level by level.
  let left = plans.filter(({ row }) => row.problems.length === 0);
  for (let before = left.length + 1; left.length < before;) {
    before = left.length;
    left = left.filter(check);
  }
};

const rankOf = ({ last }: Plan): number => ORGANISATION_LEVELS.indexOf(last.level);

/** Party organisations as something that tables are brought into: rows become dated facts. */
export const organisationTarget: ImportTarget = {
  lock: (trx, ctx) => lockOrganisations(trx, ctx.county.countyCode),
  // They name each other as parents.
  checksWholeTable: true,
  check: async (trx, ctx, rows, given) => {
    // A row whose cells cannot be read has nothing that could be planned.
    const whole = rows.filter(({ problems }) => problems.length === 0);
    await checkPlaces(trx, ctx, await plansOf(trx, ctx, whole, given));
  },
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const importRows = rows.map((values) => ({ values, problems: [] }));
    const plans = await plansOf(trx, ctx, importRows, given);
    const changes = plans
      .filter(({ plan }) => plan.facts.length > 0)
      // Parents first: a part must not name what a later one founds.
      .toSorted((a, b) => rankOf(a.plan) - rankOf(b.plan));
    let written = { ...NOTHING_WRITTEN, unchanged: rows.length - changes.length };
    for (const part of partsOf(changes, ROWS_AT_ONCE)) {
      const facts = part.map(({ plan }) => ({
        code: plan.code,
        baseSeq: null,
        facts: plan.facts,
      }));
      await recordInTransaction(trx, ctx, facts);
      const added = part.filter(({ plan }) => plan.gridBefore === null).length;
      written = sumOfWritten(written, { added, changed: part.length - added, unchanged: 0 });
      await onProgress(written.added + written.changed + written.unchanged);
    }
    return written;
  },
  page: async (ctx, cursor, limit) => {
    const { scopeCode } = ctx.actor;
    const page = await listOrganisations(ctx, { cursor, limit, grid: scopeCode });
    return {
      nextCursor: page.nextCursor,
      rows: page.organisations.map((organisation): Record<string, RegisterValue> => {
        const { code, name, level, base, baseCode, gridCode, parentCode } = organisation;
        const { foundedOn, renewedOn, termYears } = organisation;
        const place = { code, name, level, base, baseCode, gridCode, parentCode };
        return { ...place, foundedOn, renewedOn, termYears };
      }),
    };
  },
};
