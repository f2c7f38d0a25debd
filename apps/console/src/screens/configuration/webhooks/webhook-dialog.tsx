import { CASE_EVENT_KINDS, putWebhook, type CaseEventKind, type Webhook } from "@onegrid/contract";
import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ShownOnce } from "../../../shared/shown-once.tsx";
import { ErrorNote } from "../../../shared/states.tsx";
import { usePutWebhook } from "./webhook-queries.ts";

type Fields = { url: string; eventKinds?: CaseEventKind[] };

/** Shown this once; whoever receives the calls checks their signature with it. */
const Secret = ({ secret, onClose }: { secret: string; onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t("webhooks>secret")}
      warning={t("webhooks>secretOnce")}
      className="webhook-secret"
      secret={secret}
      onClose={onClose}
    >
      <p className="hint">{t("webhooks>secretNote")}</p>
    </ShownOnce>
  );
};

type Props = { webhookId: string; webhook: Webhook | null; onClose: () => void };

/** Adds an address or changes one; the contract's own rule of addresses is told before sending. */
export const WebhookDialog = ({ webhookId, webhook, onClose }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const put = usePutWebhook();
  const secret = put.data?.secret ?? null;
  if (secret !== null) return <Secret secret={secret} onClose={onClose} />;
  const save = ({ url, eventKinds = [] }: Fields) =>
    put.mutate(
      { webhookId, url: url.trim(), eventKinds, active: webhook?.active ?? true },
      { onSuccess: ({ secret: told }) => told === null && onClose() },
    );
  const isAddress = (_: unknown, url: string | undefined) =>
    putWebhook.body?.shape.url.safeParse(url?.trim()).success
      ? Promise.resolve()
      : Promise.reject(new Error(t("webhooks>urlRule")));
  return (
    <Modal
      open
      title={t(webhook ? "webhooks>editTitle" : "webhooks>add")}
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={put.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ url: webhook?.url ?? "https://", eventKinds: webhook?.eventKinds ?? [] }}
        onFinish={save}
      >
        <Form.Item
          name="url"
          label={t("webhooks>url")}
          extra={t("webhooks>urlRule")}
          required
          rules={[{ validator: isAddress }]}
        >
          <Input type="url" maxLength={500} autoComplete="off" />
        </Form.Item>
        <Form.Item name="eventKinds" label={t("webhooks>kinds")} extra={t("webhooks>kindsNote")}>
          <Select
            mode="multiple"
            placeholder={t("webhooks>allKinds")}
            showSearch={{ optionFilterProp: "label" }}
            options={CASE_EVENT_KINDS.map((kind) => ({ value: kind, label: t(`event>${kind}`) }))}
          />
        </Form.Item>
      </Form>
      {put.error && <ErrorNote error={put.error} />}
    </Modal>
  );
};
