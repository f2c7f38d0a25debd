import type { Webhook, WebhookDelivery } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Drawer, Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../../platform/queries.ts";
import { EmptyNote, ErrorNote } from "../../../shared/states.tsx";
import { deliveriesQuery } from "./webhook-queries.ts";

const columns = (t: TFunction, timeZone: string): TableColumnsType<WebhookDelivery> => [
  {
    title: t("webhooks>when"),
    width: 150,
    render: (_, d) => instantWords(d.createdAt, timeZone),
  },
  {
    title: t("webhooks>event"),
    render: (_, d) => (
      <Link to="/cases/$caseId" params={{ caseId: d.caseId }} search={{}}>
        {t(`event>${d.kind}`)}
      </Link>
    ),
  },
  {
    title: t("webhooks>state"),
    render: (_, d) => (
      <>
        {t(`webhooks>state_${d.state}`)}
        {d.lastStatus !== null && ` · HTTP ${d.lastStatus}`}
        {d.lastStatus === null && d.lastError !== null && ` · ${d.lastError}`}
      </>
    ),
  },
  { title: t("webhooks>attempts"), dataIndex: "attempts", width: 70 },
];

/** What one address was told lately and how each call ended. */
export const WebhookDeliveries = ({
  webhook,
  onClose,
}: {
  webhook: Webhook;
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { data, error, isPending, refetch } = useQuery(deliveriesQuery(webhook.webhookId));
  return (
    <Drawer
      open
      size={640}
      title={`${t("webhooks>deliveries")} · ${webhook.url}`}
      onClose={onClose}
    >
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : (
        <Table
          rowKey="deliveryId"
          size="small"
          loading={isPending}
          columns={columns(t, county?.timeZone ?? "Asia/Shanghai")}
          dataSource={data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 480 }}
          locale={{ emptyText: <EmptyNote words={t("webhooks>noDeliveries")} /> }}
        />
      )}
    </Drawer>
  );
};
