import { NOTICE_TERM_DAYS, publishGridChange, type GridChange } from "@onegrid/contract";
import { Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { PublicationFields, type Publication } from "../../shared/publication-fields.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { becomes } from "./becomes.ts";
import { useGridDeed } from "./use-grid-deed.ts";

/** Publishes what a change is about, in words that begin with the grids and the day. */
export const PublishDialog = ({ change, onClose }: { change: GridChange; onClose: () => void }) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Publication>();
  const [noticeId] = useState(newId);
  const publish = useGridDeed(
    (words: Publication) =>
      client.call(publishGridChange, {
        params: { changeId: change.changeId },
        body: { baseVersion: change.version, noticeId, ...words },
      }),
    onClose,
  );
  const facts = t("grids>noticeFacts", {
    community: change.parentName,
    becomes: becomes(change),
    day: change.effectiveOn,
    note: change.note,
  });
  return (
    <Modal
      open
      width={680}
      title={t("gridChangeAction>publish")}
      okText={t("gridChangeAction>publish")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={publish.isPending}
      mask={{ closable: false }}
    >
      <Form<Publication>
        form={form}
        layout="vertical"
        initialValues={{
          title: t("grids>noticeTitle", { community: change.parentName }),
          body: `${t("noticeTemplate>grid_change")}\n${facts}`,
          termDays: NOTICE_TERM_DAYS,
        }}
        onFinish={publish.mutate}
      >
        <PublicationFields />
      </Form>
      <p className="hint">{t("grids>publishNote")}</p>
      {publish.error && <ErrorNote error={publish.error} />}
    </Modal>
  );
};
