import type { PortalPage } from "@onegrid/contract";
import { formatDay } from "../day.ts";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "objection" }> & { view: View };

/** What became of an objection, for whoever holds its receipt. */
export const ObjectionPage = ({ receiptCode, objection, justSent, view }: Props) => {
  const { t } = view;
  return (
    <div className="narrow">
      <h1>{t(justSent ? "portal>notices>thanks" : "portal>title>objection")}</h1>
      <p>
        {t("portal>notices>keepCode")} <strong className="code">{receiptCode}</strong>
      </p>
      <p>
        <a href={`/notices/${objection.noticeId}`}>{objection.noticeTitle}</a>
      </p>
      <dl>
        <dt>{t("portal>notices>state")}</dt>
        <dd>{t(`portal>objectionState>${objection.state}`)}</dd>
        <dt>{t("portal>notices>received")}</dt>
        <dd>{formatDay(view, objection.receivedAt)}</dd>
        <dt>{t("portal>notices>words")}</dt>
        <dd>{objection.words}</dd>
        {objection.answer !== null && (
          <>
            <dt>{t("portal>notices>answer")}</dt>
            <dd>{objection.answer}</dd>
          </>
        )}
      </dl>
    </div>
  );
};
