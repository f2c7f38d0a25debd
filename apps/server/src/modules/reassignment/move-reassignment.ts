import type { Reassignment, ReassignmentMove } from "@onegrid/contract";
import { sql } from "kysely";
import type { StaffCtx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { endTogether, goOnTogether } from "../posts/index.ts";
import { performAct, type ActDetail } from "./act.ts";
import { dayMissing, reasonMissing, versionConflict } from "./problems.ts";
import type { Standing } from "./read-reassignments.ts";

export type Moving = {
  reassignmentId: string;
  move: ReassignmentMove;
  baseVersion: number;
  endsOn?: string | undefined;
  reason?: string | undefined;
};

/**
 * Every old post of the street ends on one day, so that no day has both; where an old post is a post
 * of this system, which its code says, its holder's appointment ends with it.
 */
const endFormer = async (
  trx: Trx,
  ctx: StaffCtx,
  { row }: Standing,
  endsOn: string,
): Promise<ActDetail> => {
  const { reassignmentId } = row;
  const { rows } = await sql<{ code: string }>`
    UPDATE former_post SET ended_on = ${endsOn}::date, reassignment_id = ${reassignmentId}::uuid
    WHERE county_code = ${ctx.county.countyCode} AND starts_with(grid_code, ${row.streetCode})
      AND reassignment_id IS NULL RETURNING code`.execute(trx);
  const codes = rows.map(({ code }) => code);
  const appointments = await endTogether(trx, ctx, codes, { endsOn, reassignmentId });
  return { endsOn, ended: rows.length, appointments };
};

/** What was ended is no longer: possible while nothing was published. */
const restoreFormer = async (trx: Trx, ctx: StaffCtx, { row }: Standing): Promise<ActDetail> => {
  const { rows } = await sql`
    UPDATE former_post SET ended_on = NULL, reassignment_id = NULL
    WHERE county_code = ${ctx.county.countyCode}
      AND reassignment_id = ${row.reassignmentId}::uuid RETURNING code`.execute(trx);
  const appointments = await goOnTogether(trx, ctx, row.reassignmentId);
  return { restored: rows.length, appointments };
};

const store = async (
  trx: Trx,
  ctx: StaffCtx,
  standing: Standing,
  { move, endsOn, reason }: Moving,
): Promise<ActDetail> => {
  if (move === "end_former") {
    // Who was left out ends on the day of all others.
    const day = standing.row.endsOn ?? endsOn;
    if (day === undefined) throw new ProblemError(dayMissing());
    return endFormer(trx, ctx, standing, day);
  }
  if (move === "restore_former") return restoreFormer(trx, ctx, standing);
  if (move === "cancel") {
    if (reason === undefined) throw new ProblemError(reasonMissing());
    return { ...(await restoreFormer(trx, ctx, standing)), reason };
  }
  return { posts: standing.posts.length };
};

/**
 * Takes a reassignment a step on or back. Throws `reassignment.*`; `.step_incomplete` names what is
 * missing.
 */
export const moveReassignment = (ctx: StaffCtx, moving: Moving): Promise<Reassignment> =>
  performAct(ctx, moving.reassignmentId, moving.move, {
    prepare: (_trx, { row }) => {
      const { baseVersion } = moving;
      if (row.version === baseVersion) return moving;
      throw new ProblemError(versionConflict({ baseVersion, version: row.version }));
    },
    store: (trx, standing) => store(trx, ctx, standing, moving),
  });
