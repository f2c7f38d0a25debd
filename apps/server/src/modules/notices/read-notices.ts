import type { Notice, NoticeKind, NoticeState, Objection, PublicNotice } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { scopeOf, type Ctx, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import {
  selectNotice,
  selectNotices,
  selectObjections,
  selectPublished,
} from "./notice-queries.ts";
import { noticeView, publicNoticeView } from "./notice-views.ts";
import { badCursor, notFound } from "./problems.ts";

const PAGE = 50;
/** As many as a page or a feed shows; older ones are found by their address. */
const PUBLIC_AT_MOST = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const readIdCursor = (cursor: string): string => {
  const id = readCodeCursor(cursor, badCursor());
  if (!UUID.test(id)) throw new ProblemError(badCursor());
  return id;
};

/** A page of the notices of the own grids. Throws `notices.bad_cursor`. */
export const listNotices = async (
  ctx: StaffCtx,
  query: {
    state?: NoticeState | undefined;
    kind?: NoticeKind | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<{ notices: Notice[]; nextCursor: string | null }> => {
  const { limit = PAGE, cursor, state, kind } = query;
  const beforeId = cursor === undefined ? null : readIdCursor(cursor);
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectNotices(trx, ctx.county.countyCode, {
      scope: ctx.actor.scopeCode,
      state,
      kind,
      beforeId,
      limit: limit + 1,
    }),
  );
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    notices: rows.map(noticeView),
    nextCursor: last === undefined ? null : writeCodeCursor(last.noticeId),
  };
};

/** One notice of the own grids with its objections. Throws `notices.not_found`. */
export const getNotice = (
  ctx: StaffCtx,
  noticeId: string,
): Promise<{ notice: Notice; objections: Objection[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const row = await selectNotice(trx, countyCode, noticeId);
    if (row === null || !isWithin(row.gridCode, ctx.actor.scopeCode)) {
      throw new ProblemError(notFound());
    }
    return {
      notice: noticeView(row),
      objections: await selectObjections(trx, countyCode, noticeId),
    };
  });

/** Published notices for everybody, newest first. */
export const listPublicNotices = async (
  ctx: Ctx,
  { grid, limit = PUBLIC_AT_MOST }: { grid?: string | undefined; limit?: number },
): Promise<{ notices: PublicNotice[] }> => {
  const rows = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectPublished(trx, ctx.county.countyCode, grid, limit),
  );
  const now = ctx.clock.now();
  return { notices: rows.map((row) => publicNoticeView(row, now)) };
};

/** A published notice for everybody. Throws `notices.not_found`. */
export const getPublicNotice = async (ctx: Ctx, noticeId: string): Promise<PublicNotice> => {
  const row = UUID.test(noticeId)
    ? await inScope(ctx.db, scopeOf(ctx), (trx) =>
        selectNotice(trx, ctx.county.countyCode, noticeId),
      )
    : null;
  if (row === null || row.state === "draft") throw new ProblemError(notFound());
  return publicNoticeView(row, ctx.clock.now());
};
