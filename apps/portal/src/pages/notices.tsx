import type { PortalPage, PublicNotice } from "@onegrid/contract";
import { formatDay } from "../day.ts";
import type { View } from "../view.ts";

/** Open or over, in words: colour is never alone. */
export const NoticeState = ({ notice, view }: { notice: PublicNotice; view: View }) => {
  const { t } = view;
  if (notice.state === "withdrawn")
    return <span className="badge">{t("portal>notices>withdrawn")}</span>;
  return notice.isOpen ? (
    <span className="badge open">
      {t("portal>notices>openUntil", { at: formatDay(view, notice.termEndsAt) })}
    </span>
  ) : (
    <span className="badge">{t("portal>notices>over")}</span>
  );
};

/** Notices as links, newest first. */
export const NoticeLinks = ({ notices, view }: { notices: PublicNotice[]; view: View }) => (
  <ul className="notice-list">
    {notices.map((notice) => (
      <li key={notice.noticeId}>
        <a href={`/notices/${notice.noticeId}`}>{notice.title}</a>{" "}
        <NoticeState notice={notice} view={view} />
        <p className="quiet-text">
          {view.t(`portal>noticeKind>${notice.kind}`)} · {notice.gridName ?? notice.gridCode} ·{" "}
          {formatDay(view, notice.publishedAt)}
          {notice.sample && <> · {view.t("sampleData")}</>}
        </p>
      </li>
    ))}
  </ul>
);

type Props = Extract<PortalPage, { page: "notices" }> & { view: View };

/** 公示 of the whole county. */
export const NoticesPage = ({ notices, view }: Props) => {
  const { t } = view;
  return (
    <>
      <h1>{t("portal>notices>heading")}</h1>
      <p>
        {t("portal>notices>lead")} <a href="/notices.atom">{t("portal>notices>feed")}</a>
      </p>
      {notices.length === 0 ? (
        <p className="empty">{t("portal>notices>none")}</p>
      ) : (
        <NoticeLinks notices={notices} view={view} />
      )}
    </>
  );
};
