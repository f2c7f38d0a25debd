import { listAuditLines, type AuditFilter, type AuditLine } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { countyQuery } from "../../platform/queries.ts";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { AuditFilters } from "./audit-filters.tsx";

const useLines = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listAuditLines,
        { query: { ...filter, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

const exportAddress = (filter: AuditFilter) =>
  `/api/v1/audit/export?${new URLSearchParams(filter as Record<string, string>).toString()}`;

/** The audit log as it was written; the audit administrator reads and exports it, nobody edits it. */
export const AuditScreen = () => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const [filter, setFilter] = useState<AuditFilter>({});
  const lines = useLines(filter);
  const rows = lines.data?.pages.flatMap((page) => page.lines) ?? [];
  const columns: TableColumnsType<AuditLine> = [
    { title: t("audit>seq"), dataIndex: "seq", width: 80 },
    {
      title: t("audit>when"),
      dataIndex: "occurredAt",
      render: (at: string) => instantWords(at, county?.timeZone ?? "UTC"),
    },
    { title: t("audit>who"), dataIndex: "login", render: (login: string | null) => login ?? "–" },
    {
      title: t("audit>what"),
      dataIndex: "action",
      render: (action: string) => t(`auditAction>${action.replaceAll(".", "_")}`, action),
    },
    {
      title: t("audit>outcome"),
      dataIndex: "outcome",
      render: (outcome: AuditLine["outcome"]) => t(`audit>${outcome}`),
    },
    { title: t("audit>from"), dataIndex: "address", render: (at: string | null) => at ?? "–" },
    {
      title: t("audit>detail"),
      render: (_, { subject, detail }) =>
        [subject, ...Object.entries(detail).map(([name, value]) => `${name}: ${value}`)]
          .filter((part) => part !== null)
          .join(" · "),
    },
  ];
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav>audit")}</h1>
        <p>{t("audit>about")}</p>
      </header>
      <AuditFilters onChange={setFilter} exportAddress={exportAddress(filter)} />
      {lines.isError && <ErrorNote error={lines.error} retry={() => void lines.refetch()} />}
      {lines.isPending && <Loading />}
      {lines.isSuccess && rows.length === 0 && <EmptyNote words={t("audit>none")} />}
      {rows.length > 0 && (
        <Table
          className="audit-table"
          size="small"
          rowKey="seq"
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 900 }}
        />
      )}
      {lines.hasNextPage && (
        <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t("audit>more")}
        </Button>
      )}
    </div>
  );
};
