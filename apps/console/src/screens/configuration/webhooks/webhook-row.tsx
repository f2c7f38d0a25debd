import type { EndpointAnswer, testWebhook, Webhook } from "@onegrid/contract";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/states.tsx";
import { useDeleteWebhook, usePutWebhook, useTestWebhook } from "./webhook-queries.ts";

const TestAnswer = ({ answer }: { answer: EndpointAnswer<typeof testWebhook> }) => {
  const { t } = useTranslation();
  const { taken, status, error } = answer;
  return (
    <output className={`webhook-tested ${taken ? "webhook-taken" : "webhook-refused"}`}>
      {taken && t("webhooks>taken", { status })}
      {!taken && status !== null && t("webhooks>refused", { status })}
      {!taken && status === null && t("webhooks>noAnswer", { error })}
    </output>
  );
};

type Props = { webhook: Webhook; onEdit: () => void; onLook: () => void };

/** One address with what may be done: try, pause, change, look what it was told, remove. */
export const WebhookRow = ({ webhook, onEdit, onLook }: Props) => {
  const { t } = useTranslation();
  const { webhookId, url, eventKinds, active } = webhook;
  const test = useTestWebhook(webhook);
  const put = usePutWebhook();
  const remove = useDeleteWebhook();
  const named = (action: string) => `${t(`webhooks>${action}`)} ${url}`;
  const error = test.error ?? put.error ?? remove.error;
  const toggle = () => put.mutate({ webhookId, url, eventKinds, active: !active });
  return (
    <li className="webhook-row">
      <div className="webhook-what">
        <strong>{url}</strong>
        <span className={`badge ${active ? "webhook-on" : ""}`}>
          {t(active ? "webhooks>active" : "webhooks>paused")}
        </span>
        <small>
          {eventKinds.length === 0
            ? t("webhooks>allKinds")
            : eventKinds.map((kind) => t(`event>${kind}`)).join("、")}
        </small>
      </div>
      <div className="webhook-actions">
        <Button
          size="small"
          loading={test.isPending}
          aria-label={named("test")}
          onClick={() => test.mutate()}
        >
          {t("webhooks>test")}
        </Button>
        <Button size="small" aria-label={named("deliveries")} onClick={onLook}>
          {t("webhooks>deliveries")}
        </Button>
        <Button size="small" aria-label={named("edit")} onClick={onEdit}>
          {t("webhooks>edit")}
        </Button>
        {active ? (
          <Popconfirm
            title={t("webhooks>pauseAsk")}
            description={t("webhooks>pauseNote")}
            okText={t("webhooks>pause")}
            onConfirm={toggle}
          >
            <Button size="small" loading={put.isPending} aria-label={named("pause")}>
              {t("webhooks>pause")}
            </Button>
          </Popconfirm>
        ) : (
          <Button
            size="small"
            loading={put.isPending}
            aria-label={named("resume")}
            onClick={toggle}
          >
            {t("webhooks>resume")}
          </Button>
        )}
        <Popconfirm
          title={t("webhooks>removeAsk")}
          description={t("webhooks>removeNote")}
          okText={t("webhooks>remove")}
          okButtonProps={{ danger: true }}
          onConfirm={() => remove.mutate(webhookId)}
        >
          <Button size="small" danger loading={remove.isPending} aria-label={named("remove")}>
            {t("webhooks>remove")}
          </Button>
        </Popconfirm>
      </div>
      {test.data && <TestAnswer answer={test.data} />}
      {error && <ErrorNote error={error} />}
    </li>
  );
};
