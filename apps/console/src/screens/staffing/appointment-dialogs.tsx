import { appoint, endAppointment, type OpenWork, type Post } from "@onegrid/contract";
import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { v7 as newId } from "uuid";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { today } from "../../shared/today.ts";
import { OpenWorkList } from "./open-work-list.tsx";
import { PersonSelect } from "./person-select.tsx";
import { useDeed } from "./use-deed.ts";

type Props = { post: Post; onClose: () => void };

/** Appoints somebody to a post; a running notice or an open objection stands in the way. */
export const AppointDialog = ({ post, onClose }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ personId: string; beginsOn: string }>();
  const save = useDeed(
    (fields: { personId: string; beginsOn: string }) =>
      client.call(appoint, {
        body: { appointmentId: newId(), postCode: post.postCode, ...fields },
      }),
    onClose,
  );
  return (
    <Modal
      open
      title={`${t("staffing>appoint")} · ${post.templateName} · ${post.gridName ?? ""}`}
      okText={t("staffing>appoint")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ beginsOn: today() }}
        onFinish={(fields: { personId: string; beginsOn: string }) => save.mutate(fields)}
      >
        <Form.Item name="personId" label={t("staffing>person")} rules={[{ required: true }]}>
          <PersonSelect />
        </Form.Item>
        <Form.Item name="beginsOn" label={t("staffing>beginsOn")} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
      </Form>
      <p className="hint">{t("staffing>accessNote")}</p>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};

/** Ends an appointment and shows what is to be handed over. */
export const EndDialog = ({ post, onClose }: Props) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [form] = Form.useForm<{ endsOn: string; reason: string }>();
  const save = useDeed(
    (body: { endsOn: string; reason: string }) =>
      client.call(endAppointment, {
        params: { appointmentId: post.holder?.appointmentId ?? "" },
        body,
      }),
    ({ openWork }: { openWork: OpenWork[] }) => {
      onClose();
      modal.info({ title: t("staffing>handOver"), content: <OpenWorkList work={openWork} /> });
    },
  );
  return (
    <Modal
      open
      title={`${t("staffing>end")} · ${post.holder?.name ?? ""} · ${post.templateName}`}
      okText={t("staffing>end")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ endsOn: today() }}
        onFinish={(fields: { endsOn: string; reason: string }) => save.mutate(fields)}
      >
        <Form.Item name="endsOn" label={t("staffing>endsOn")} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="reason" label={t("organisations>reason")} rules={[{ required: true }]}>
          <Input.TextArea maxLength={200} />
        </Form.Item>
      </Form>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};
