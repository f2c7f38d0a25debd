import {
  answerObjection,
  publishNotice,
  withdrawNotice,
  type Notice,
  type Objection,
} from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { noticeQuery } from "../../platform/staffing-queries.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import { useDeed } from "./use-deed.ts";

const nothing = () => {};

const ObjectionItem = ({ objection, editable }: { objection: Objection; editable: boolean }) => {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const deed = useDeed(
    (outcome: "upheld" | "dismissed") =>
      client.call(answerObjection, {
        params: { objectionId: objection.objectionId },
        body: { outcome, answer: words },
      }),
    nothing,
  );
  const id = `answer-${objection.objectionId}`;
  return (
    <li>
      <strong>{t(`objectionState>${objection.state}`)}</strong>{" "}
      <small>
        {objection.receivedAt.slice(0, 10)} {objection.postCode ?? ""}
      </small>
      <p className="notice-words">{objection.words}</p>
      {objection.answer !== null && (
        <p>
          {t("staffing>answer")}：{objection.answer}
        </p>
      )}
      {editable && objection.state === "open" && (
        <>
          <label htmlFor={id}>{t("staffing>answer")}</label>
          <Input.TextArea
            id={id}
            maxLength={1000}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
          <div className="organisation-tools">
            {(["upheld", "dismissed"] as const).map((outcome) => (
              <Button
                key={outcome}
                disabled={words.trim().length < 2}
                loading={deed.isPending}
                onClick={() => deed.mutate(outcome)}
              >
                {t(`objectionState>${outcome}`)}
              </Button>
            ))}
          </div>
          {deed.error && <ErrorNote error={deed.error} />}
        </>
      )}
    </li>
  );
};

const Withdrawal = ({ notice }: { notice: Notice }) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const deed = useDeed(
    () =>
      client.call(withdrawNotice, {
        params: { noticeId: notice.noticeId },
        body: { baseVersion: notice.version, reason },
      }),
    nothing,
  );
  return (
    <details>
      <summary>{t("staffing>withdraw")}</summary>
      <label htmlFor="withdraw-reason">{t("organisations>reason")}</label>
      <Input
        id="withdraw-reason"
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button
        danger
        disabled={reason.trim().length < 2}
        loading={deed.isPending}
        onClick={() => deed.mutate(undefined)}
      >
        {t("staffing>withdraw")}
      </Button>
      {deed.error && <ErrorNote error={deed.error} />}
    </details>
  );
};

type Props = { noticeId: string; editable: boolean; onClose: () => void };

/** One notice: words, whom it is about, publication, objections. */
export const NoticeDrawer = ({ noticeId, editable, onClose }: Props) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(noticeQuery(noticeId));
  const [editing, setEditing] = useState(false);
  const notice = data?.notice;
  const publish = useDeed(
    (version: number) =>
      client.call(publishNotice, { params: { noticeId }, body: { baseVersion: version } }),
    nothing,
  );
  return (
    <Drawer open size={640} title={notice?.title ?? ""} onClose={onClose}>
      {isPending && <Loading />}
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {publish.error && <ErrorNote error={publish.error} />}
      {notice && (
        <>
          <p>
            {t(`noticeKind>${notice.kind}`)} · {t(`noticeState>${notice.state}`)} ·{" "}
            {t("staffing>termOf", { n: notice.termDays })}
          </p>
          <p className="notice-words">{notice.body}</p>
          <ul>
            {notice.nominees.map((nominee) => (
              <li key={nominee.postCode}>
                {nominee.gridName} {nominee.postName} {nominee.name}
              </li>
            ))}
          </ul>
          {notice.sha256 !== null && (
            <p>
              <small className="notice-sum">SHA-256 {notice.sha256}</small>
            </p>
          )}
          {notice.state === "draft" && editable && (
            <div className="organisation-tools">
              <Button onClick={() => setEditing(true)}>{t("organisations>edit")}</Button>
              <Button
                type="primary"
                loading={publish.isPending}
                onClick={() => publish.mutate(notice.version)}
              >
                {t("staffing>publish")}
              </Button>
            </div>
          )}
          {notice.state === "published" && (
            <>
              <p>
                <a href={`/notices/${noticeId}`} target="_blank" rel="noreferrer">
                  {t("staffing>publicPage")}
                </a>
              </p>
              {editable && <Withdrawal notice={notice} />}
            </>
          )}
          <h2>{t("staffing>objections")}</h2>
          {data.objections.length === 0 ? (
            <p>{t("staffing>noObjections")}</p>
          ) : (
            <ol className="organisation-life">
              {data.objections.map((objection) => (
                <ObjectionItem
                  key={objection.objectionId}
                  objection={objection}
                  editable={editable}
                />
              ))}
            </ol>
          )}
        </>
      )}
      {editing && notice && <NoticeDialog notice={notice} onClose={() => setEditing(false)} />}
    </Drawer>
  );
};
