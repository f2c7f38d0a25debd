import type { Webhook } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../platform/ids.ts";
import { EmptyNote, ErrorNote, Loading } from "../../../shared/states.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { webhooksQuery } from "./webhook-queries.ts";
import { WebhookRow } from "./webhook-row.tsx";
import "../../../styles/webhooks.css";

/** 推送: other systems of the county that are told of each event by a signed call. */
export const WebhookList = () => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(webhooksQuery);
  const [edited, setEdited] = useState<{ webhookId: string; webhook: Webhook | null } | null>(null);
  const [looked, setLooked] = useState<Webhook | null>(null);
  return (
    <section className="webhooks">
      <div className="table-tools">
        <p className="hint">{t("webhooks>lead")}</p>
        <Button type="primary" onClick={() => setEdited({ webhookId: newId(), webhook: null })}>
          {t("webhooks>add")}
        </Button>
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={4} />}
      {data?.length === 0 && <EmptyNote words={t("webhooks>none")} />}
      <ul className="webhook-list">
        {data?.map((webhook) => (
          <WebhookRow
            key={webhook.webhookId}
            webhook={webhook}
            onEdit={() => setEdited({ webhookId: webhook.webhookId, webhook })}
            onLook={() => setLooked(webhook)}
          />
        ))}
      </ul>
      {edited && (
        <WebhookDialog key={edited.webhookId} {...edited} onClose={() => setEdited(null)} />
      )}
      {looked && <WebhookDeliveries webhook={looked} onClose={() => setLooked(null)} />}
    </section>
  );
};
