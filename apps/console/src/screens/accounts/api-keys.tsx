import { listApiKeys, revokeApiKey, type ApiKeyLine } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { countyQuery } from "../../platform/queries.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { AddApiKey } from "./add-api-key.tsx";

const keysQuery = {
  queryKey: ["api-keys"],
  queryFn: ({ signal }: { signal: AbortSignal }) => client.call(listApiKeys, {}, { signal }),
};

const stateOf = ({ revokedAt, expiresAt }: ApiKeyLine): "revoked" | "expired" | "living" =>
  revokedAt !== null ? "revoked" : Date.parse(expiresAt) <= Date.now() ? "expired" : "living";

/** The last day of a key: it ends at the midnight after. */
const lastDay = ({ expiresAt }: ApiKeyLine, timeZone: string): string =>
  instantWords(new Date(Date.parse(expiresAt) - 1).toISOString(), timeZone).slice(0, 10);

const Revoke = ({ line }: { line: ApiKeyLine }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { keyId, name } = line;
  const revoke = useMutation({
    mutationFn: () => client.call(revokeApiKey, { params: { keyId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (stateOf(line) !== "living") return null;
  return (
    <>
      <Popconfirm
        title={t("apiKeys>revokeAsk", { name })}
        description={t("apiKeys>revokeNote")}
        okText={t("apiKeys>revoke")}
        cancelText={t("common>close")}
        onConfirm={() => revoke.mutate()}
      >
        <Button size="small" danger>
          {t("apiKeys>revoke")}
        </Button>
      </Popconfirm>
      {revoke.error && <ErrorNote error={revoke.error} />}
    </>
  );
};

const columnsOf = (t: TFunction, timeZone: string): TableColumnsType<ApiKeyLine> => [
  { title: t("apiKeys>name"), dataIndex: "name" },
  {
    title: t("apiKeys>serves"),
    render: (_, line) => (
      <>
        {t(`role>${line.role}`)}
        <small className="api-key-place">{line.unitCode ?? line.scopeCode}</small>
      </>
    ),
  },
  {
    title: t("apiKeys>may"),
    render: (_, { permissions }) => permissions.map((one) => t(`apiKeys>can>${one}`)).join("、"),
  },
  { title: t("apiKeys>perMinute"), dataIndex: "requestsPerMinute", align: "right" },
  { title: t("apiKeys>lastDay"), render: (_, line) => lastDay(line, timeZone) },
  { title: t("apiKeys>lastUsed"), render: (_, line) => line.lastUsedOn ?? t("apiKeys>neverUsed") },
  { title: t("accounts>state"), render: (_, line) => t(`apiKeys>${stateOf(line)}`) },
  { title: t("accounts>actions"), render: (_, line) => <Revoke line={line} /> },
];

/** Keys for other systems: what each may do, until when, and when it was used last. */
export const ApiKeys = () => {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(keysQuery);
  const { data: county } = useQuery(countyQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <section>
      <div className="accounts-bar">
        <p className="hint">{t("apiKeys>about")}</p>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("apiKeys>add")}
        </Button>
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!(data && county) && !error && <Loading />}
      {data && county && (
        <Table
          size="small"
          rowKey="keyId"
          columns={columnsOf(t, county.timeZone)}
          dataSource={data.keys}
          scroll={{ x: 1000 }}
          locale={{ emptyText: t("apiKeys>none") }}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
      {isAdding && <AddApiKey onClose={() => setAdding(false)} />}
    </section>
  );
};
