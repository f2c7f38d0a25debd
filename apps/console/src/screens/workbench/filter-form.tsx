import { CASE_STATES, NETS, TIERS, type Net } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../shared/by-sound.ts";
import { departmentsQuery } from "../../platform/queries.ts";
import { CategorySelect } from "../../shared/category-select.tsx";
import { GridSelect } from "../../shared/grid-select.tsx";
import { useCaseSearch } from "./use-case-search.ts";

const Field = ({ words, children }: { words: string; children: ReactNode }) => (
  <div className="filter-field">
    <span aria-hidden="true">{words}</span>
    {children}
  </div>
);

type ListName = "state" | "tier" | "net";
const LISTS: Record<ListName, readonly string[]> = { state: CASE_STATES, tier: TIERS, net: NETS };

const ListFilter = ({ name }: { name: ListName }) => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const chosen = search[name]?.split(",") ?? [];
  return (
    <Field words={t(`filter>${name}`)}>
      <Select
        mode="multiple"
        aria-label={t(`filter>${name}`)}
        allowClear
        maxTagCount="responsive"
        placeholder={t("filter>any")}
        value={chosen}
        onChange={(values: string[]) =>
          change({ [name]: values.length === 0 ? undefined : values.join(",") })
        }
        options={LISTS[name].map((value) => ({ value, label: t(`${name}>${value}`) }))}
      />
    </Field>
  );
};

const RANGES = ["due", "reported", "closed"] as const;

const DayRange = ({ name }: { name: (typeof RANGES)[number] }) => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const day = (edge: "From" | "To") => (
    <Input
      type="date"
      aria-label={t(`filter>${name}${edge}`)}
      value={search[`${name}${edge}`] ?? ""}
      onChange={(event) => change({ [`${name}${edge}`]: event.target.value || undefined })}
    />
  );
  return (
    <Field words={t(`filter>${name}`)}>
      <span className="filter-range">
        {day("From")}
        <span aria-hidden="true">–</span>
        {day("To")}
      </span>
    </Field>
  );
};

const UnitFilter = () => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const { data } = useQuery(departmentsQuery);
  return (
    <Field words={t("filter>unit")}>
      <Select
        aria-label={t("filter>unit")}
        allowClear
        showSearch={bySound}
        placeholder={t("filter>any")}
        value={search.unit ?? null}
        onChange={(unit: string | null) => change({ unit: unit ?? undefined })}
        options={unitChoices(data ?? [])}
      />
    </Field>
  );
};

/** Every filter the server knows, one below the other. */
export const FilterForm = () => {
  const { t } = useTranslation();
  const { search, change, clear } = useCaseSearch();
  const nets = search.net?.split(",") ?? [];
  return (
    <div className="filter-form">
      <Field words={t("filter>grid")}>
        <GridSelect
          label={t("filter>grid")}
          value={search.grid}
          onChange={(grid) => change({ grid })}
        />
      </Field>
      <Field words={t("filter>category")}>
        <CategorySelect
          label={t("filter>category")}
          value={search.category}
          net={nets.length === 1 ? (nets[0] as Net) : undefined}
          onChange={(category) => change({ category })}
        />
      </Field>
      <ListFilter name="state" />
      <ListFilter name="tier" />
      <ListFilter name="net" />
      <UnitFilter />
      {RANGES.map((name) => (
        <DayRange key={name} name={name} />
      ))}
      <Button onClick={clear}>{t("filter>clear")}</Button>
    </div>
  );
};
