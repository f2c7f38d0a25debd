import {
  COVERAGE_KINDS,
  type CoverageFigure,
  type CoverageKind,
  type CoverageRow,
  type Secretary,
  type Organisation,
  type OrganisationFactView,
  type OrganisationTreeNode,
} from "@onegrid/contract";
import { coverageRate } from "@onegrid/domain";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { countCoverage, selectCoverageRows } from "./coverage-queries.ts";
import { selectSecretaries } from "./secretaries.ts";
import {
  selectFacts,
  selectOrganisations,
  selectSpans,
  type OrganisationFilters,
} from "./organisation-queries.ts";
import { organisationView } from "./organisation-row.ts";
import { badCursor, notFound } from "./problems.ts";
import { selectOrganisationsOf, selectTreeNodes } from "./tree-queries.ts";

const PAGE = 50;

type Paged = { cursor?: string | undefined; limit?: number | undefined };
type OnDay = { on?: string | undefined; grid?: string | undefined };

const pageOf = <T extends { code: string }>(found: readonly T[], limit: number) => {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last === undefined ? null : writeCodeCursor(last.code) };
};

/** A page of the organisations of a day. Throws `organisations.bad_cursor`. */
export const listOrganisations = async (
  ctx: Ctx,
  { cursor, limit = PAGE, on, ...filters }: Paged & OnDay & OrganisationFilters,
): Promise<{ on: string; organisations: Organisation[]; nextCursor: string | null }> => {
  const today = todayOf(ctx);
  const day = { on: on ?? today, today };
  const afterCode = cursor === undefined ? null : readCodeCursor(cursor, badCursor);
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectOrganisations(trx, ctx.county.countyCode, day, {
      ...filters,
      afterCode,
      limit: limit + 1,
    }),
  );
  const { rows, nextCursor } = pageOf(found, limit);
  return {
    on: day.on,
    organisations: rows.map((row) => organisationView(row, today)),
    nextCursor,
  };
};

/** One organisation's whole life. Throws `organisations.not_found`. */
export const getOrganisation = async (
  ctx: Ctx,
  code: string,
): Promise<{
  code: string;
  sample: boolean;
  spans: Organisation[];
  facts: OrganisationFactView[];
  secretaries: Secretary[];
}> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const { spans, facts, secretaries } = await inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    spans: await selectSpans(trx, countyCode, code, today),
    facts: await selectFacts(trx, countyCode, code),
    secretaries: await selectSecretaries(trx, countyCode, code),
  }));
  if (facts.length === 0) throw new ProblemError(notFound(code));
  const taken = new Set(facts.flatMap(({ kind, data }) => (kind === "void" ? [data["seq"]] : [])));
  return {
    code,
    sample: spans.some(({ sample }) => sample),
    spans: spans.map((span) => organisationView(span, today)),
    facts: facts.map((fact) => ({
      ...fact,
      recordedAt: fact.recordedAt.toISOString(),
      isVoid: taken.has(fact.seq),
    })),
    secretaries,
  };
};

/** The grids under a parent on a day with the organisations of each. */
export const organisationTree = async (
  ctx: Ctx,
  { on, parent }: { on?: string | undefined; parent?: string | undefined },
): Promise<{ on: string; nodes: OrganisationTreeNode[] }> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const day = on ?? today;
  const { nodes, organisations } = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const found = await selectTreeNodes(trx, countyCode, parent ?? countyCode, day);
    const codes = found.map(({ gridCode }) => gridCode);
    return {
      nodes: found,
      organisations: await selectOrganisationsOf(trx, countyCode, codes, day),
    };
  });
  const byGrid = Map.groupBy(organisations, ({ gridCode }) => gridCode);
  return {
    on: day,
    nodes: nodes.map((node) => ({
      ...node,
      organisations: (byGrid.get(node.gridCode) ?? []).map((span) => organisationView(span, today)),
    })),
  };
};

/** Every coverage rate of a day, numerator and denominator. */
export const coverage = async (
  ctx: Ctx,
  { on, grid }: OnDay,
): Promise<{ on: string; figures: CoverageFigure[] }> => {
  const { countyCode } = ctx.county;
  const day = { countyCode, on: on ?? todayOf(ctx), grid: grid ?? countyCode };
  const figures = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const counted: CoverageFigure[] = [];
    for (const kind of COVERAGE_KINDS) {
      const counts = await countCoverage(trx, kind, day);
      counted.push({ kind, ...counts, rate: coverageRate(counts) });
    }
    return counted;
  });
  return { on: day.on, figures };
};

/** The rows behind a rate. Throws `organisations.bad_cursor`. */
export const coverageRows = async (
  ctx: Ctx,
  kind: CoverageKind,
  { on, grid, covered, cursor, limit = PAGE }: OnDay & Paged & { covered?: boolean | undefined },
): Promise<{ on: string; rows: CoverageRow[]; nextCursor: string | null }> => {
  const { countyCode } = ctx.county;
  const day = { countyCode, on: on ?? todayOf(ctx), grid: grid ?? countyCode };
  const afterCode = cursor === undefined ? null : readCodeCursor(cursor, badCursor);
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectCoverageRows(trx, kind, day, { covered, afterCode, limit: limit + 1 }),
  );
  return { on: day.on, ...pageOf(found, limit) };
};
