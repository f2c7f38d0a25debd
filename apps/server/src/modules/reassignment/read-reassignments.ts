import type {
  Candidacy,
  OfferedPost,
  OpenWork,
  Reassignment,
  ReassignmentSummary,
} from "@onegrid/contract";
import {
  isWithin,
  offeredPostState,
  reassignmentActs,
  reassignmentStep,
  type ReassignmentFacts,
} from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { maxPostsOf, openWorkOf } from "../posts/index.ts";
import { notFound } from "./problems.ts";
import {
  selectCandidacies,
  selectEvents,
  selectFormerCounts,
  selectOfferedPosts,
  selectReassignment,
  selectReassignments,
  type OfferedPostRow,
  type ReassignmentRow,
} from "./reassignment-queries.ts";

const summaryView = (row: ReassignmentRow): ReassignmentSummary => ({
  ...row,
  startedAt: row.startedAt.toISOString(),
});

/** An offered post → the desk; its state is read from notice, objections and appointment. */
const postView = (row: OfferedPostRow, candidacies: readonly Candidacy[]): OfferedPost => {
  const { notice, isHandedOver, templateCode: _kind, ...post } = row;
  const state = offeredPostState({
    isSelected: row.selectedId !== null,
    notice,
    isAppointed: row.appointment !== null,
    isHandedOver,
  });
  return {
    ...post,
    state,
    candidacies: candidacies.filter(({ postCode }) => postCode === row.postCode),
    notice: notice && {
      noticeId: notice.noticeId,
      termEndsAt: new Date(notice.termEndsAt).toISOString(),
      openObjections: notice.openObjections,
      upheldObjections: notice.upheldObjections,
    },
  };
};

const factsOf = (
  former: ReassignmentFacts["former"],
  posts: readonly OfferedPost[],
): ReassignmentFacts => ({
  former,
  posts: posts.map(({ postCode, state, candidacies, appointment }) => {
    const free = candidacies.filter(({ barred }) => !barred);
    return {
      postCode,
      state,
      candidates: free.length,
      unreviewed: free.filter((one) => one.state === "entered").length,
      eligible: free.filter((one) => one.state === "eligible").length,
      acknowledged: appointment?.acknowledged ?? null,
    };
  }),
});

/** What acts are decided by, read in the transaction that holds the lock. */
export type Standing = {
  row: ReassignmentRow;
  posts: OfferedPost[];
  facts: ReassignmentFacts;
};

export const readStanding = async (
  trx: Trx,
  ctx: StaffCtx,
  row: ReassignmentRow,
): Promise<Standing> => {
  const { countyCode } = ctx.county;
  const { reassignmentId } = row;
  const now = ctx.clock.now();
  const former = await selectFormerCounts(trx, countyCode, row);
  const rows = await selectOfferedPosts(trx, countyCode, reassignmentId, now);
  const candidacies = await selectCandidacies(trx, countyCode, reassignmentId);
  const posts = rows.map((each) => postView(each, candidacies));
  return { row, posts, facts: factsOf(former, posts) };
};

/** A reassignment with everything the guide shows. */
export const reassignmentView = async (
  trx: Trx,
  ctx: StaffCtx,
  reassignmentId: string,
): Promise<Reassignment> => {
  const { countyCode } = ctx.county;
  const row = await selectReassignment(trx, countyCode, reassignmentId);
  if (row === undefined || !isWithin(row.streetCode, ctx.actor.scopeCode)) {
    throw new ProblemError(notFound());
  }
  const { posts, facts } = await readStanding(trx, ctx, row);
  const events = await selectEvents(trx, countyCode, reassignmentId);
  return {
    ...summaryView(row),
    step: reassignmentStep(row.state, facts),
    former: facts.former,
    maxPostsPerPerson: await maxPostsOf(trx, countyCode),
    posts,
    acts: reassignmentActs(row.state, facts),
    events: events.map((event) => ({ ...event, occurredAt: event.occurredAt.toISOString() })),
  };
};

/** A reassignment of the own streets. Throws `reassignment.not_found`. */
export const getReassignment = (ctx: StaffCtx, reassignmentId: string): Promise<Reassignment> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => reassignmentView(trx, ctx, reassignmentId));

/** Reassignments of the own streets, newest first. */
export const listReassignments = (
  ctx: StaffCtx,
): Promise<{ reassignments: ReassignmentSummary[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const rows = await selectReassignments(trx, ctx.county.countyCode, ctx.actor.scopeCode);
    return { reassignments: rows.map(summaryView) };
  });

/** Open cases of the posts that are appointed and not handed over. Throws `reassignment.not_found`. */
export const listOpenWork = (
  ctx: StaffCtx,
  reassignmentId: string,
): Promise<{ openWork: OpenWork[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { posts } = await reassignmentView(trx, ctx, reassignmentId);
    const waiting = posts.filter(({ state }) => state === "appointed");
    const grids = new Set(waiting.map(({ gridCode }) => gridCode));
    return { openWork: await openWorkOf(trx, ctx, [...grids]) };
  });
