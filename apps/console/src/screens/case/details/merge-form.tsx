import { useInfiniteQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { casesQuery } from "../../../platform/queries.ts";
import type { DetailsProps } from "./details-form.tsx";

/** The case that this one is the same as: open ones of its kind in its grid, or by search. */
export const MergeForm = ({ shown, onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed.trim());
  const near = { open: "true", category: shown.categoryCode, grid: shown.gridCode } as const;
  const { data, isFetching } = useInfiniteQuery(
    casesQuery(words === "" ? near : { open: "true", q: words }),
  );
  const options = (data?.pages.flatMap((page) => page.cases) ?? [])
    .filter((c) => c.caseId !== shown.caseId)
    .map((c) => ({
      value: c.caseId,
      label: `${c.number} · ${c.categoryName} · ${c.gridName} · ${c.description}`,
    }));
  return (
    <label>
      <span>{t("side>mergeInto")}</span>
      <Select
        aria-label={t("side>mergeInto")}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={isFetching}
        options={options}
        placeholder={t("side>mergeHint")}
        onChange={(intoCaseId: string) => onChange({ action: "merge", intoCaseId })}
        style={{ width: "100%" }}
      />
    </label>
  );
};
