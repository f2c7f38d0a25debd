import type { Reassignment, ReassignmentAct } from "@onegrid/contract";
import { isRefused, isWithin, takeReassignmentAct } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { notFound, outsideScope } from "./problems.ts";
import { readStanding, reassignmentView, type Standing } from "./read-reassignments.ts";
import { selectReassignment, type ReassignmentRow } from "./reassignment-queries.ts";

/** Codes, counts and reasons of what was done; no names. */
export type ActDetail = Record<string, string | number | null>;

/** Locks a reassignment. Throws `reassignment.not_found`. */
const lock = async (trx: Trx, ctx: StaffCtx, reassignmentId: string): Promise<ReassignmentRow> => {
  const { countyCode } = ctx.county;
  await sql`SELECT FROM reassignment WHERE county_code = ${countyCode}
    AND reassignment_id = ${reassignmentId}::uuid FOR UPDATE`.execute(trx);
  const row = await selectReassignment(trx, countyCode, reassignmentId);
  if (row === undefined) throw new ProblemError(notFound());
  return row;
};

/** Appends what was done; the version counts the events. */
export const append = async (
  trx: Trx,
  ctx: StaffCtx,
  reassignmentId: string,
  seq: number,
  kind: ReassignmentAct | "start",
  detail: ActDetail,
): Promise<void> => {
  await sql`
    INSERT INTO reassignment_event (county_code, reassignment_id, seq, kind, occurred_at,
      account_id, detail)
    VALUES (${ctx.county.countyCode}, ${reassignmentId}::uuid, ${seq}, ${kind},
      ${ctx.clock.now()}, ${ctx.actor.accountId}::uuid, ${JSON.stringify(detail)}::jsonb)`.execute(
    trx,
  );
};

export type ActSteps<Prepared> = {
  /** Null: a repetition; nothing is done. */
  prepare: (trx: Trx, standing: Standing) => Promise<Prepared | null> | Prepared | null;
  store: (trx: Trx, standing: Standing, prepared: Prepared) => Promise<ActDetail>;
};

/**
 * One act in its transaction: lock → read how it stands → `prepare` → ask the domain → `store` →
 * append the event. Whether the actor may do it is for the caller to ask of the row.
 */
export const takeAct = async <Prepared>(
  trx: Trx,
  ctx: StaffCtx,
  reassignmentId: string,
  act: ReassignmentAct,
  { mayAct, prepare, store }: ActSteps<Prepared> & { mayAct: (row: ReassignmentRow) => void },
): Promise<void> => {
  const row = await lock(trx, ctx, reassignmentId);
  mayAct(row);
  const standing = await readStanding(trx, ctx, row);
  const prepared = await prepare(trx, standing);
  if (prepared === null) return;
  const next = takeReassignmentAct(act, row.state, standing.facts);
  if (isRefused(next)) throw new ProblemError(next.refused);
  const detail = await store(trx, standing, prepared);
  const seq = row.version + 1;
  await append(trx, ctx, reassignmentId, seq, act, detail);
  await sql`
    UPDATE reassignment SET state = ${next.state}, version = ${seq},
      ends_on = CASE WHEN ${next.state} IN ('listing', 'cancelled') THEN NULL
        ELSE coalesce(ends_on, ${(detail["endsOn"] as string | undefined) ?? null}::date) END
    WHERE county_code = ${ctx.county.countyCode}
      AND reassignment_id = ${reassignmentId}::uuid`.execute(trx);
  await audit(trx, ctx, {
    action: "reassignment.act",
    outcome: "done",
    subject: reassignmentId,
    detail: { act, state: next.state },
  });
};

/**
 * One act of a desk over its street, answered by how the whole stands. Throws
 * `reassignment.not_found`, `.outside_scope`, `.act_not_allowed`, `.step_incomplete` and what
 * `prepare` and `store` throw.
 */
export const performAct = <Prepared>(
  ctx: StaffCtx,
  reassignmentId: string,
  act: ReassignmentAct,
  steps: ActSteps<Prepared>,
): Promise<Reassignment> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const mayAct = ({ streetCode }: ReassignmentRow) => {
      if (isWithin(streetCode, ctx.actor.scopeCode)) return;
      throw new ProblemError(outsideScope({ gridCode: streetCode }));
    };
    await takeAct(trx, ctx, reassignmentId, act, { ...steps, mayAct });
    return reassignmentView(trx, ctx, reassignmentId);
  });
