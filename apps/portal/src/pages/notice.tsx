import type { PortalPage } from "@onegrid/contract";
import { formatDay } from "../day.ts";
import type { View } from "../view.ts";
import { NoticeState } from "./notices.tsx";

type Props = Extract<PortalPage, { page: "notice" }> & { view: View };

const Nominees = ({ notice, view: { t } }: Pick<Props, "notice" | "view">) => (
  <table className="nominees">
    <caption>{t("portal>notices>nominees")}</caption>
    <thead>
      <tr>
        <th scope="col">{t("portal>notices>grid")}</th>
        <th scope="col">{t("portal>notices>post")}</th>
        <th scope="col">{t("portal>notices>name")}</th>
      </tr>
    </thead>
    <tbody>
      {notice.nominees.map((nominee) => (
        <tr key={nominee.postCode}>
          <td>{nominee.gridName ?? nominee.gridCode}</td>
          <td>{nominee.postName}</td>
          <td>{nominee.name}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** 异议: what is wrong, about whom, and how to reach whoever says so, if they wish. */
const ObjectionForm = ({ notice, form, problem, view: { t } }: Props) => (
  <form method="post" action={`/notices/${notice.noticeId}/objections`} className="narrow">
    <input type="hidden" name="objectionId" value={form.objectionId} />
    <input type="hidden" name="seal" value={form.seal} />
    <div className="trap" aria-hidden="true">
      <label htmlFor="website">{t("portal>report>trap")}</label>
      <input id="website" name="website" tabIndex={-1} autoComplete="off" />
    </div>
    {problem !== null && (
      <p className="problem" id="errors" role="alert" tabIndex={-1}>
        {t([`portal>notices>problem>${problem}`, `problem>${problem}`, "problem>request.invalid"])}
      </p>
    )}
    {notice.nominees.length > 0 && (
      <div className="field">
        <label htmlFor="postCode">{t("portal>notices>about")}</label>
        <select id="postCode" name="postCode" defaultValue={form.postCode}>
          <option value="">{t("portal>notices>wholeNotice")}</option>
          {notice.nominees.map((nominee) => (
            <option key={nominee.postCode} value={nominee.postCode}>
              {`${nominee.gridName ?? nominee.gridCode} ${nominee.postName} ${nominee.name}`}
            </option>
          ))}
        </select>
      </div>
    )}
    <div className="field">
      <label htmlFor="words">{t("portal>notices>words")}</label>
      <textarea
        id="words"
        name="words"
        rows={5}
        maxLength={1000}
        required
        defaultValue={form.words}
      />
    </div>
    <div className="field">
      <label htmlFor="contact">{t("portal>notices>contact")}</label>
      <p className="hint" id="contact-hint">
        {t("portal>notices>contactHint")}
      </p>
      <input
        id="contact"
        name="contact"
        maxLength={80}
        autoComplete="off"
        defaultValue={form.contact}
        aria-describedby="contact-hint"
      />
    </div>
    <p className="send">
      <button className="button primary">{t("portal>notices>send")}</button>
    </p>
  </form>
);

/** One notice: its frozen text with the sum, whom it is about, and objections while it is open. */
export const NoticePage = (props: Props) => {
  const { notice, view } = props;
  const { t } = view;
  return (
    <>
      <nav className="crumbs" aria-label={t("portal>grids>crumbs")}>
        <a href="/notices">{t("portal>nav>notices")}</a>
      </nav>
      <h1>
        {notice.title} {notice.sample && <span className="badge">{t("sampleData")}</span>}
      </h1>
      <p>
        <NoticeState notice={notice} view={view} />{" "}
        {t("portal>notices>publishedOn", { at: formatDay(view, notice.publishedAt) })}
        {t("portal>notices>term", { n: notice.termDays })}
      </p>
      {notice.withdrawReason !== null && (
        <p className="problem">
          {t("portal>notices>withdrawnBecause", { reason: notice.withdrawReason })}
        </p>
      )}
      <div className="notice-body">{notice.body}</div>
      {notice.nominees.length > 0 && <Nominees notice={notice} view={view} />}
      <details>
        <summary>{t("portal>notices>archive")}</summary>
        <p>{t("portal>notices>archiveNote")}</p>
        <pre className="published-text">{notice.publishedText}</pre>
        <p>
          SHA-256 <code>{notice.sha256}</code>
        </p>
      </details>
      {notice.isOpen && (
        <section aria-labelledby="object-heading">
          <h2 id="object-heading">{t("portal>notices>object")}</h2>
          <ObjectionForm {...props} />
        </section>
      )}
    </>
  );
};
