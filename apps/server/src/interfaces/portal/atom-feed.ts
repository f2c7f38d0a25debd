import type { PublicNotice } from "@onegrid/contract";

const SIGNS: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const escape = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- XML 1.0 knows no control characters
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, "")
    .replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");

const entry = (origin: string, notice: PublicNotice): string => `  <entry>
    <id>urn:uuid:${notice.noticeId}</id>
    <title>${escape(notice.title)}</title>
    <link href="${escape(origin)}/notices/${notice.noticeId}"/>
    <published>${notice.publishedAt ?? ""}</published>
    <updated>${notice.publishedAt ?? ""}</updated>
    <content type="text">${escape(notice.publishedText ?? "")}</content>
  </entry>`;

/** Atom (RFC 4287) of notices, newest first. */
export const atomFeed = (
  countyName: string,
  origin: string,
  notices: readonly PublicNotice[],
  now: Date,
): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escape(origin)}/notices</id>
  <title>${escape(countyName)}</title>
  <author><name>${escape(countyName)}</name></author>
  <link rel="self" href="${escape(origin)}/notices.atom"/>
  <link href="${escape(origin)}/notices"/>
  <updated>${notices[0]?.publishedAt ?? now.toISOString()}</updated>
${notices.map((notice) => entry(origin, notice)).join("\n")}
</feed>
`;
