import {
  ORGANISATION_BASES,
  ORGANISATION_LEVELS,
  type Organisation,
  type OrganisationBase,
  type OrganisationLevel,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Input, Select, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { organisationsQuery } from "../../platform/organisation-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { GridSelect } from "../../shared/grid-select.tsx";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { RenewalMark } from "./renewal-mark.tsx";

const columns = (t: TFunction, onOpen: (code: string) => void): TableColumnsType<Organisation> => [
  {
    title: t("organisations>name"),
    render: (_, o) => (
      <>
        <button type="button" className="link-button" onClick={() => onOpen(o.code)}>
          {o.name}
        </button>{" "}
        {o.sample && <SampleBadge />}
      </>
    ),
  },
  {
    title: t("organisations>level"),
    width: 120,
    render: (_, o) => t(`organisationLevel>${o.level}`),
  },
  {
    title: t("organisations>base"),
    render: (_, o) => `${t(`organisationBase>${o.base}`)} · ${o.baseName ?? o.baseCode}`,
  },
  { title: t("organisations>parent"), render: (_, o) => o.parentName ?? "—" },
  { title: t("organisations>founded"), dataIndex: "foundedOn", width: 110 },
  {
    title: t("organisations>termEnds"),
    width: 200,
    render: (_, o) => (
      <>
        {o.termEndsOn ?? t("organisations>noTerm")} <RenewalMark organisation={o} />
      </>
    ),
  },
];

type Filters = {
  q?: string;
  grid?: string;
  level?: OrganisationLevel;
  base?: OrganisationBase;
  renewal?: "overdue" | "due";
};

/** Organisations of a day as a list with filters; 换届 reminders are one of them. */
export const OrganisationList = ({
  on,
  renewal,
  editable,
  onOpen,
}: {
  on: string;
  /** Filter to begin with. */
  renewal: "overdue" | "due" | undefined;
  editable: boolean;
  onOpen: (code: string) => void;
}) => {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<Filters>(renewal === undefined ? {} : { renewal });
  const set = (change: { [Key in keyof Filters]?: Filters[Key] | undefined }) =>
    setFilters(
      (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
        ) as Filters,
    );
  const query = useInfiniteQuery(organisationsQuery({ on, ...filters }));
  return (
    <section>
      <div className="table-tools">
        <Input.Search
          allowClear
          aria-label={t("organisations>search")}
          placeholder={t("organisations>search")}
          onSearch={(q) => set({ q: q.trim() === "" ? undefined : q.trim() })}
        />
        <Select<OrganisationLevel>
          allowClear
          aria-label={t("organisations>level")}
          placeholder={t("organisations>level")}
          onChange={(level?: OrganisationLevel) => set({ level })}
          options={ORGANISATION_LEVELS.map((value) => ({
            value,
            label: t(`organisationLevel>${value}`),
          }))}
        />
        <Select<OrganisationBase>
          allowClear
          aria-label={t("organisations>base")}
          placeholder={t("organisations>base")}
          onChange={(base?: OrganisationBase) => set({ base })}
          options={ORGANISATION_BASES.map((value) => ({
            value,
            label: t(`organisationBase>${value}`),
          }))}
        />
        <Select<"overdue" | "due">
          allowClear
          aria-label={t("organisations>renewal")}
          placeholder={t("organisations>renewal")}
          {...(renewal && { defaultValue: renewal })}
          onChange={(chosen?: "overdue" | "due") => set({ renewal: chosen })}
          options={(["overdue", "due"] as const).map((value) => ({
            value,
            label: t(`organisations>renewal_${value}`),
          }))}
        />
        <div className="organisation-grid-filter">
          <GridSelect
            value={filters.grid}
            label={t("organisations>grid")}
            onChange={(grid) => set({ grid })}
          />
        </div>
        {editable && <ImportButton kind="organisations" />}
      </div>
      <PagedTable
        query={query}
        rowsOf={({ organisations }) => organisations}
        rowKey="code"
        minWidth={900}
        empty={t("organisations>none")}
        columns={columns(t, onOpen)}
      />
    </section>
  );
};
