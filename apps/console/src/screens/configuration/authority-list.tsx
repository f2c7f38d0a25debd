import { NETS, type Category, type Net } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select, Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../../platform/queries.ts";
import { EmergencyTag, NetTag, SampleBadge } from "../../shared/badges.tsx";
import { matchesCategory } from "../../shared/category-search.ts";
import { ListExport } from "../../shared/list-export.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { CategoryDialog } from "./category-dialog.tsx";

const columns = (
  t: TFunction,
  edit: ((category: Category) => void) | null,
): TableColumnsType<Category> => [
  {
    title: t("configuration>code"),
    dataIndex: "categoryCode",
    width: 110,
  },
  {
    title: t("configuration>name"),
    render: (_, c) => (
      <>
        <strong>{c.name}</strong> {c.emergency && <EmergencyTag />} {c.sample && <SampleBadge />}
        {!c.active && <span className="badge">{t("configuration>inactive")}</span>}
        <small className="block">{c.words.join("、")}</small>
      </>
    ),
  },
  { title: t("filter>net"), width: 130, render: (_, c) => <NetTag net={c.net} /> },
  {
    title: t("configuration>owner"),
    width: 180,
    render: (_, c) => c.ownerUnitName ?? "—",
  },
  {
    title: t("configuration>startTier"),
    width: 110,
    render: (_, c) => t(`tier>${c.startTier}`),
  },
  {
    title: t("configuration>limit"),
    width: 130,
    render: (_, c) => `${c.limit.amount} ${t(`limitUnit>${c.limit.unit}`)}`,
  },
  {
    title: t("configuration>standard"),
    width: 190,
    render: (_, c) =>
      c.standardClass ? `${c.standardClass.standard} · ${c.standardClass.classCode}` : "—",
  },
  ...(edit
    ? [
        {
          title: <span className="visually-hidden">{t("configuration>edit")}</span>,
          width: 80,
          render: (_: unknown, c: Category) => (
            <Button
              size="small"
              onClick={() => edit(c)}
              aria-label={`${t("configuration>edit")} ${c.name}`}
            >
              {t("configuration>edit")}
            </Button>
          ),
        },
      ]
    : []),
];

/** 权责清单: who owns what, where it starts, how fast. */
export const AuthorityList = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(categoriesQuery);
  const [typed, setTyped] = useState("");
  const [net, setNet] = useState<Net | undefined>();
  const [edited, setEdited] = useState<Category | null>(null);
  const shown = useMemo(
    () =>
      (data ?? []).filter(
        (c) => (net === undefined || c.net === net) && matchesCategory(c, typed.trim()),
      ),
    [data, net, typed],
  );
  return (
    <section>
      <div className="table-tools">
        <Input
          allowClear
          aria-label={t("configuration>search")}
          placeholder={t("configuration>searchHint")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          aria-label={t("filter>net")}
          allowClear
          placeholder={t("board>allNets")}
          value={net ?? null}
          onChange={(value: Net | null) => setNet(value ?? undefined)}
          options={NETS.map((n) => ({ value: n, label: t(`net>${n}`) }))}
        />
        <output>{t("configuration>count", { n: shown.length })}</output>
        <ListExport list="categories" />
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      <Table
        rowKey="categoryCode"
        size="small"
        loading={isPending}
        columns={columns(t, editable ? setEdited : null)}
        dataSource={shown}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 900 }}
      />
      {edited && (
        <CategoryDialog
          key={`${edited.categoryCode}.${edited.version}`}
          category={edited}
          onClose={() => setEdited(null)}
          onReload={(fresh) => setEdited(fresh)}
        />
      )}
    </section>
  );
};
