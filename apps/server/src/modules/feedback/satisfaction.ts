import type { EndpointAnswer, getSatisfaction as endpoint } from "@onegrid/contract";
import { FEWEST_ANSWERS, satisfactionBlocks, type MonthAnswers } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { countyDay } from "../cases/index.ts";

type Line = MonthAnswers & { unit_code: string; unit_name: string | null };

const MONTHS_AT_MOST = 24;

const rate = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

const monthsBetween = (from: string, to: string): number => {
  const [fromYear = 0, fromMonth = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0] = to.split("-").map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
};

const byMonth = (lines: readonly Line[]): MonthAnswers[] => {
  const months = new Map<string, MonthAnswers>();
  for (const { month, answered, satisfied, resolved } of lines) {
    const sum = months.get(month) ?? { month, answered: 0, satisfied: 0, resolved: 0 };
    months.set(month, {
      month,
      answered: sum.answered + answered,
      satisfied: sum.satisfied + satisfied,
      resolved: sum.resolved + resolved,
    });
  }
  return [...months.values()];
};

/** A department's own answers, or those of a grid's subtree. */
const within = ({ actor }: Ctx) =>
  actor.role === "department"
    ? sql`t.unit_code = ${actor.unitCode ?? ""} AND t.unit_code <> ''`
    : sql`t.grid_code >= ${actor.scopeCode} AND t.grid_code < ${`${actor.scopeCode}~`}`;

/**
 * 满意率 and 解决率 of the own scope from the tally of answers: finished months only, few answers
 * counted with those that follow. The blocks are cut from the beginning of all answers, whatever
 * period is asked for, so that no two questions differ by a single answer; those that end in the
 * period are shown. Throws `board.period_reversed`, `board.period_too_long`.
 */
export const getSatisfaction = async (
  ctx: Ctx,
  { from, to }: { from: string; to: string },
): Promise<EndpointAnswer<typeof endpoint>> => {
  const apart = monthsBetween(from, to);
  if (apart < 0 || apart >= MONTHS_AT_MOST) {
    throw new ProblemError({
      code: apart < 0 ? "board.period_reversed" : "board.period_too_long",
      status: 422,
      detail: `a period of 1 to ${MONTHS_AT_MOST} months`,
    });
  }
  const { countyCode, timeZone } = ctx.county;
  const present = countyDay(ctx.clock.now(), timeZone).slice(0, 7);
  const lines = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { rows } = await sql<Line>`
      SELECT to_char(t.month, 'YYYY-MM') AS month, t.unit_code, d.name AS unit_name,
        sum(t.answered)::int AS answered, sum(t.satisfied)::int AS satisfied,
        sum(t.resolved)::int AS resolved
      FROM satisfaction_tally t
      LEFT JOIN department d ON d.county_code = t.county_code AND d.unit_code = t.unit_code
      WHERE t.county_code = ${countyCode} AND ${within(ctx)}
      GROUP BY t.month, t.unit_code, d.name`.execute(trx);
    return rows;
  });
  const shownOf = (some: readonly Line[]) =>
    satisfactionBlocks(byMonth(some), present).filter(
      ({ toMonth }) => toMonth >= from && toMonth <= to,
    );
  const sumOf = (some: readonly Line[]) => {
    const shown = shownOf(some);
    const sum = (key: "answered" | "satisfied" | "resolved") =>
      shown.reduce((total, block) => total + block[key], 0);
    return {
      satisfied: rate(sum("satisfied"), sum("answered")),
      resolved: rate(sum("resolved"), sum("answered")),
    };
  };
  const oversees = ctx.actor.role === "county_centre";
  const units = new Map(
    lines
      .filter(({ unit_code }) => oversees && unit_code !== "")
      .map((line) => [line.unit_code, line]),
  );
  return {
    ...sumOf(lines),
    fewestAnswers: FEWEST_ANSWERS,
    blocks: shownOf(lines).map((block) => ({
      fromMonth: block.fromMonth,
      toMonth: block.toMonth,
      satisfied: rate(block.satisfied, block.answered),
    })),
    units: [...units.values()]
      .map(({ unit_code, unit_name }) => ({
        unitCode: unit_code,
        name: unit_name ?? unit_code,
        satisfied: sumOf(lines.filter((line) => line.unit_code === unit_code)).satisfied,
      }))
      .filter(({ satisfied }) => satisfied.denominator > 0),
  };
};
