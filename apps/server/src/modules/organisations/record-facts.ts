import type { Organisation, Refusal } from "@onegrid/contract";
import {
  addYears,
  checkPlacement,
  foldOrganisation,
  isRefused,
  isWithin,
  localDayOf,
  type GridLevel,
  type OrganisationFact,
  type OrganisationSpan,
} from "@onegrid/domain";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { gridsOf } from "../grids/index.ts";
import { selectFactLists, selectPlaces, selectSpans } from "./organisation-queries.ts";
import { organisationView } from "./organisation-row.ts";
import {
  lockOrganisations,
  writeOrganisations,
  type OrganisationWrite,
} from "./organisation-store.ts";
import { dayOutOfRange, outsideScope, versionConflict } from "./problems.ts";

/** New facts of one organisation; `baseSeq` is how many were read, null when nobody looked. */
export type FactsOf = { code: string; baseSeq: number | null; facts: OrganisationFact[] };

/** Level of a grid of today; null: no such grid. */
export type LevelOfGrid = (gridCode: string) => GridLevel | null;

/** The Party was founded then; a later first day is plausible for none. */
const FIRST_DAY = "1921-07-01";

/** Null when a fact's day is plausible, else `organisations.day_out_of_range`. */
export const dayProblem = ({ effectiveOn }: OrganisationFact, today: string): Refusal | null =>
  effectiveOn < FIRST_DAY || effectiveOn > addYears(today, 10) ? dayOutOfRange(effectiveOn) : null;

const checkDay = (fact: OrganisationFact, today: string): void => {
  const wrong = dayProblem(fact, today);
  if (wrong !== null) throw new ProblemError(wrong);
};

const checkPlaces = async (
  trx: Trx,
  ctx: Ctx,
  written: readonly { before: readonly OrganisationSpan[]; after: readonly OrganisationSpan[] }[],
  founded: ReadonlyMap<string, OrganisationSpan>,
  levelOf: LevelOfGrid,
): Promise<void> => {
  const { countyCode } = ctx.county;
  // What stood before was checked when it was written, and may end: its grid may be gone since.
  const keyOf = (span: OrganisationSpan) => JSON.stringify({ ...span, validTo: null });
  const known = new Set(written.flatMap(({ before }) => before.map(keyOf)));
  const fresh = written.flatMap(({ after }) => after.filter((span) => !known.has(keyOf(span))));
  for (const { gridCode } of written.flatMap(({ before, after }) => [...before, ...after])) {
    if (!isWithin(gridCode, ctx.actor.scopeCode)) throw new ProblemError(outsideScope(gridCode));
  }
  const parents = fresh.flatMap(({ parentCode }) => parentCode ?? []);
  const places = await selectPlaces(trx, countyCode, parents, fresh);
  for (const span of fresh) {
    const { base, baseCode, parentCode } = span;
    const refused = checkPlacement(span, {
      gridLevel: levelOf(span.gridCode),
      baseExists: base === "grid" || places.known.has(`${base} ${baseCode}`),
      parentLevel:
        parentCode === null
          ? null
          : (places.parentLevels.get(parentCode) ?? founded.get(parentCode)?.level),
    });
    if (refused !== null) throw new ProblemError(refused.refused);
  }
};

const spansOf = (facts: readonly OrganisationFact[]): OrganisationSpan[] => {
  const spans = foldOrganisation(facts);
  if (isRefused(spans)) throw new ProblemError(spans.refused);
  return spans;
};

/** {@link recordFacts} inside a transaction of somebody else's. */
export const recordInTransaction = async (
  trx: Trx,
  ctx: Ctx,
  changes: readonly FactsOf[],
  /** Where the transaction itself made grids; else those everybody sees. */
  levelOf?: LevelOfGrid,
): Promise<void> => {
  const { countyCode, timeZone } = ctx.county;
  const now = ctx.clock.now();
  const today = localDayOf(now.getTime(), timeZone);
  await lockOrganisations(trx, countyCode);
  const lists = await selectFactLists(
    trx,
    countyCode,
    changes.map(({ code }) => code),
  );
  const writes: OrganisationWrite[] = [];
  const spans: { before: OrganisationSpan[]; after: OrganisationSpan[] }[] = [];
  const founded = new Map<string, OrganisationSpan>();
  for (const { code, baseSeq, facts } of changes) {
    const known = lists.get(code) ?? [];
    if (baseSeq !== null && baseSeq !== known.length) {
      throw new ProblemError(versionConflict(baseSeq, known.length));
    }
    for (const fact of facts) checkDay(fact, today);
    const after = spansOf([...known, ...facts]);
    spans.push({ before: known.length === 0 ? [] : spansOf(known), after });
    const last = after.at(-1);
    if (last !== undefined) founded.set(code, last);
    writes.push({ code, firstSeq: known.length + 1, facts, spans: after });
  }
  const grids = await gridsOf(ctx);
  const seen: LevelOfGrid = (gridCode) => grids.get(gridCode)?.level ?? null;
  await checkPlaces(trx, ctx, spans, founded, levelOf ?? seen);
  await writeOrganisations(trx, countyCode, writes, {
    accountId: ctx.actor.accountId,
    recordedAt: now,
    sample: ctx.county.sample && ctx.actor.role === "system",
  });
};

/**
 * Writes down facts of many organisations at once, all or none: parents may be founded in the same
 * batch. Throws the refusals of {@link recordFact}.
 */
export const recordFacts = (ctx: Ctx, changes: readonly FactsOf[]): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => recordInTransaction(trx, ctx, changes));

/**
 * Writes down one fact and answers the organisation's life as it reads then. Throws
 * `organisations.version_conflict`, `.outside_scope`, `.day_out_of_range` and what the rules refuse.
 */
export const recordFact = (
  ctx: Ctx,
  code: string,
  baseSeq: number,
  fact: OrganisationFact,
): Promise<{ spans: Organisation[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    await recordInTransaction(trx, ctx, [{ code, baseSeq, facts: [fact] }]);
    await audit(trx, ctx, {
      action: "organisation.record",
      outcome: "done",
      subject: code,
      detail: { kind: fact.kind, effectiveOn: fact.effectiveOn },
    });
    const today = todayOf(ctx);
    const spans = await selectSpans(trx, countyCode, code, today);
    return { spans: spans.map((span) => organisationView(span, today)) };
  });
