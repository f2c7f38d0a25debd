import {
  NOTICE_TERM_DAYS,
  publishSelected,
  type OfferedPost,
  type Reassignment,
} from "@onegrid/contract";
import { selectedOf } from "@onegrid/domain";
import { Button, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { PublicationFields, type Publication } from "../../shared/publication-fields.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { actOf, Gaps } from "./move-bar.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { useAct } from "./use-act.ts";

const PublishDialog = ({
  round,
  posts,
  onClose,
}: {
  round: Reassignment;
  posts: OfferedPost[];
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Publication>();
  const [noticeId] = useState(newId);
  const { reassignmentId } = round;
  const deed = useAct(reassignmentId);
  const publish = (fields: Publication) =>
    deed.mutate(
      () =>
        client.call(publishSelected, {
          params: { reassignmentId },
          body: { noticeId, ...fields },
        }),
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      width={680}
      title={t("reassignment>publish")}
      okText={t("reassignment>publishN", { n: posts.length })}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={deed.isPending}
      mask={{ closable: false }}
    >
      <Form<Publication>
        form={form}
        layout="vertical"
        initialValues={{
          title: t("noticeKind>appointment"),
          body: t("noticeTemplate>appointment"),
          termDays: NOTICE_TERM_DAYS,
        }}
        onFinish={publish}
      >
        <PublicationFields />
      </Form>
      <ul>
        {posts.map((post) => (
          <li key={post.postCode}>
            {post.gridName} {post.postName} {selectedOf(post)?.name}
          </li>
        ))}
      </ul>
      <p className="hint">{t("reassignment>publishNote")}</p>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
};

/** 公示: who is published until when, and the objections that stand in the way. */
export const PublishingStep = ({
  round,
  onNotice,
}: {
  round: Reassignment;
  onNotice: (noticeId: string) => void;
}) => {
  const { t, i18n } = useTranslation();
  const [isWriting, setIsWriting] = useState(false);
  const { posts } = round;
  // Once everybody is published nothing is missing: it is waited for the term to end.
  const publish =
    round.state === "published" && posts.every(({ state }) => state !== "selected")
      ? undefined
      : actOf(round, "publish");
  const waiting = posts.filter(({ state }) => state === "selected");
  const until = (at: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(at),
    );
  const noticeButton = ({ notice }: OfferedPost) =>
    notice !== null && (
      <Button size="small" onClick={() => onNotice(notice.noticeId)}>
        {t("reassignment>openNotice")}
      </Button>
    );
  return (
    <>
      <ul className="offered-posts">
        {posts.map((post) => (
          <OfferedPostItem key={post.postCode} post={post} tools={noticeButton(post)}>
            <p>
              {selectedOf(post)?.name ?? t("reassignment>nobodyYet")}
              {post.notice !== null &&
                ` · ${t("reassignment>termUntil", { at: until(post.notice.termEndsAt) })}`}
            </p>
            {post.notice !== null && post.notice.openObjections > 0 && (
              <p className="organisation-missing">
                ▲ {t("staffing>openObjections", { n: post.notice.openObjections })}
              </p>
            )}
          </OfferedPostItem>
        ))}
      </ul>
      {publish !== undefined && (
        <footer className="guide-moves">
          <Gaps round={round} act={publish} />
          <Button
            type="primary"
            disabled={publish.missing.length > 0}
            onClick={() => setIsWriting(true)}
          >
            {t("reassignment>publish")}
          </Button>
        </footer>
      )}
      {isWriting && (
        <PublishDialog round={round} posts={waiting} onClose={() => setIsWriting(false)} />
      )}
    </>
  );
};
