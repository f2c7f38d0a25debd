import type { Category, Net } from "@onegrid/contract";
import { NETS } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../platform/queries.ts";
import { matchesCategory } from "./category-search.ts";

type Option = { value: string; label: string; category: Category };

const useOptions = (net: Net | undefined) => {
  const { t } = useTranslation();
  const { data } = useQuery(categoriesQuery);
  return useMemo(() => {
    const option = (category: Category): Option => ({
      value: category.categoryCode,
      label: category.name,
      category,
    });
    return NETS.filter((n) => net === undefined || n === net).map((n) => ({
      label: t(`net>${n}`),
      title: n,
      options: (data ?? []).filter((c) => c.net === n && c.active).map(option),
    }));
  }, [data, net, t]);
};

type Props = {
  id?: string;
  value: string | undefined;
  onChange: (categoryCode: string | undefined) => void;
  net?: Net | undefined;
  label: string;
};

/** Chooses a category by its name, the words people use for it, or pinyin initials. */
export const CategorySelect = ({ id, value, onChange, net, label }: Props) => {
  const { t } = useTranslation();
  const options = useOptions(net);
  return (
    <Select
      {...(id !== undefined && { id })}
      aria-label={label}
      allowClear
      showSearch={{
        filterOption: (typed, option) =>
          option !== undefined &&
          "category" in option &&
          matchesCategory((option as unknown as Option).category, typed),
      }}
      placeholder={t("filter>categoryHint")}
      options={options}
      value={value ?? null}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      style={{ width: "100%" }}
      popupMatchSelectWidth={280}
    />
  );
};
