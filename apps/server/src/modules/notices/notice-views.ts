import type { Notice, PublicNotice } from "@onegrid/contract";
import type { NoticeRow } from "./notice-queries.ts";

/** A notice → the desk. */
export const noticeView = (row: NoticeRow): Notice => ({
  ...row,
  publishedAt: row.publishedAt?.toISOString() ?? null,
  termEndsAt: row.termEndsAt?.toISOString() ?? null,
  sha256: row.sha256?.toString("hex") ?? null,
});

/** A published notice → everybody: no ids of people, no count of objections. */
export const publicNoticeView = (row: NoticeRow, now: Date): PublicNotice => {
  const { nominees, ...notice } = noticeView(row);
  return {
    ...notice,
    nominees: nominees.map(({ postCode, postName, gridCode, gridName, name }) => ({
      postCode,
      postName,
      gridCode,
      gridName,
      name,
    })),
    isOpen: row.state === "published" && row.termEndsAt !== null && now < row.termEndsAt,
  };
};
