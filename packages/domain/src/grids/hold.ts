import type { GridChangeHold, NoticeState } from "@onegrid/contract";

/** How the notice 公示 about a change stands. */
export type NoticeStanding = {
  state: NoticeState;
  termEndsAt: Date | null;
  openObjections: number;
  upheldObjections: number;
};

/**
 * What keeps a change of grids from being approved and from taking effect: it is not published, its
 * term runs, an objection is not answered yet or was upheld. Null: nothing does.
 */
export const holdOf = (notice: NoticeStanding | null, now: Date): GridChangeHold | null => {
  if (notice === null || notice.state === "draft" || notice.termEndsAt === null) {
    return "not_published";
  }
  if (notice.state === "withdrawn") return "notice_withdrawn";
  if (notice.upheldObjections > 0) return "objection_upheld";
  if (notice.openObjections > 0) return "objection_open";
  return now < notice.termEndsAt ? "term_runs" : null;
};

/** Whether it is published and the notice was not taken back. */
export const isPublished = (hold: GridChangeHold | null): boolean =>
  hold !== "not_published" && hold !== "notice_withdrawn";
