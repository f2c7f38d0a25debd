import { COMPONENT_CONDITIONS, type Component, type ComponentCondition } from "@onegrid/contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Input, Select, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { departmentsQuery } from "../../../platform/queries.ts";
import { SampleBadge } from "../../../shared/badges.tsx";
import { GridSelect } from "../../../shared/grid-select.tsx";
import { PagedTable } from "../../../shared/paged-table.tsx";
import { ImportButton } from "../../imports/import-button.tsx";
import { ClassSelect } from "./class-select.tsx";
import { ComponentDialog } from "./component-dialog.tsx";
import { componentsQuery, type ComponentQuery } from "./component-queries.ts";
import "../../../styles/components.css";

const columns = (
  t: TFunction,
  edit: ((component: Component) => void) | null,
): TableColumnsType<Component> => [
  { title: t("components>code"), dataIndex: "componentCode", width: 170 },
  {
    title: t("components>name"),
    render: (_, c) => (
      <>
        <strong>{c.name}</strong> {c.sample && <SampleBadge />}
        {c.restricted && <span className="badge">{t("components>restricted")}</span>}
        {c.address !== null && <small className="block">{c.address}</small>}
      </>
    ),
  },
  { title: t("components>kind"), width: 140, dataIndex: "categoryName" },
  { title: t("components>owner"), width: 160, render: (_, c) => c.ownerUnitName ?? "—" },
  {
    title: t("components>condition"),
    width: 90,
    render: (_, c) => (
      <span className={`component-${c.condition}`}>{t(`componentCondition>${c.condition}`)}</span>
    ),
  },
  { title: t("components>grid"), width: 160, dataIndex: "gridName" },
  ...(edit
    ? [
        {
          title: <span className="visually-hidden">{t("configuration>edit")}</span>,
          width: 80,
          render: (_: unknown, c: Component) => (
            <Button
              size="small"
              onClick={() => edit(c)}
              aria-label={`${t("configuration>edit")} ${c.componentCode}`}
            >
              {t("configuration>edit")}
            </Button>
          ),
        },
      ]
    : []),
];

/** 部件: what the county looks after, with code, kind, owner and condition. */
export const ComponentList = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const { data: departments } = useQuery(departmentsQuery);
  const [filters, setFilters] = useState<ComponentQuery>({});
  const [edited, setEdited] = useState<Component | "new" | null>(null);
  const set = (change: { [Name in keyof ComponentQuery]: ComponentQuery[Name] | undefined }) =>
    setFilters((before) => ({ ...before, ...change }));
  const query = useInfiniteQuery(componentsQuery(filters));
  return (
    <section className="components">
      <div className="table-tools">
        <Input.Search
          allowClear
          aria-label={t("components>search")}
          placeholder={t("components>search")}
          maxLength={60}
          onSearch={(q) => set({ q: q.trim() || undefined })}
        />
        <ClassSelect
          value={filters.category}
          label={t("components>kind")}
          onChange={(category) => set({ category })}
        />
        <Select<string>
          allowClear
          aria-label={t("components>owner")}
          placeholder={t("components>owner")}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(unit?: string) => set({ unit })}
          options={(departments ?? []).map((d) => ({ value: d.unitCode, label: d.name }))}
        />
        <Select<ComponentCondition>
          allowClear
          aria-label={t("components>condition")}
          placeholder={t("components>condition")}
          onChange={(condition?: ComponentCondition) => set({ condition })}
          options={COMPONENT_CONDITIONS.map((value) => ({
            value,
            label: t(`componentCondition>${value}`),
          }))}
        />
        <div className="component-grid-filter">
          <GridSelect
            value={filters.grid}
            label={t("components>grid")}
            onChange={(grid) => set({ grid })}
          />
        </div>
        {editable && (
          <>
            <ImportButton kind="components" />
            <Button type="primary" onClick={() => setEdited("new")}>
              {t("components>add")}
            </Button>
          </>
        )}
      </div>
      <PagedTable
        query={query}
        rowsOf={({ components }) => components}
        rowKey="componentCode"
        minWidth={960}
        empty={t("components>none")}
        columns={columns(t, editable ? setEdited : null)}
      />
      {edited !== null && (
        <ComponentDialog
          key={edited === "new" ? "new" : `${edited.componentCode}.${edited.version}`}
          component={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onReload={setEdited}
        />
      )}
    </section>
  );
};
