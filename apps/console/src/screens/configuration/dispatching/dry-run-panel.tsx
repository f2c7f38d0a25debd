import { CASE_SOURCES, dryRunDispatch, type CaseSource, type LngLat } from "@onegrid/contract";
import { useMutation } from "@tanstack/react-query";
import { Button, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../platform/client.ts";
import { CategorySelect } from "../../../shared/category-select.tsx";
import { ErrorNote } from "../../../shared/states.tsx";
import { DryRunAnswer } from "./dry-run-answer.tsx";
import { DryRunCase } from "./dry-run-case.tsx";
import { useStreets } from "./rule-queries.ts";

type Draft = { categoryCode?: string | undefined; gridCode?: string; source: CaseSource };

const useDryRun = () => {
  const streets = useStreets();
  return useMutation({
    mutationFn: ({ categoryCode = "", gridCode, source }: Draft) => {
      const street = streets.find((grid) => grid.gridCode === gridCode);
      const location: LngLat | null = street
        ? { lng: street.labelLng, lat: street.labelLat }
        : null;
      return client.call(dryRunDispatch, {
        body: { categoryCode, location, source, componentCode: null, at: null },
      });
    },
  });
};

/** Tries the rules on what somebody thinks up. */
const DryRunDraft = () => {
  const { t } = useTranslation();
  const streets = useStreets();
  const run = useDryRun();
  const [draft, setDraft] = useState<Draft>({ source: "worker" });
  return (
    <>
      <div className="table-tools">
        <CategorySelect
          label={t("filter>category")}
          value={draft.categoryCode}
          onChange={(categoryCode) => setDraft({ ...draft, categoryCode })}
        />
        <Select
          aria-label={t("dispatching>place")}
          allowClear
          placeholder={t("dispatching>place")}
          showSearch={{ optionFilterProp: "label" }}
          value={draft.gridCode ?? null}
          onChange={(code: string | null) =>
            setDraft(({ gridCode: _old, ...rest }) => (code ? { ...rest, gridCode: code } : rest))
          }
          options={streets.map((grid) => ({ value: grid.gridCode, label: grid.name }))}
        />
        <Select
          aria-label={t("case>source")}
          value={draft.source}
          onChange={(source: CaseSource) => setDraft({ ...draft, source })}
          options={CASE_SOURCES.map((source) => ({ value: source, label: t(`source>${source}`) }))}
        />
        <Button
          type="primary"
          disabled={draft.categoryCode === undefined}
          loading={run.isPending}
          onClick={() => run.mutate(draft)}
        >
          {t("dispatching>try")}
        </Button>
      </div>
      {run.error && <ErrorNote error={run.error} />}
      {run.data && <DryRunAnswer answer={run.data} />}
    </>
  );
};

const WAYS = ["draft", "case"] as const;

/** Which rule would take a case, and why not the ones before it. */
export const DryRunPanel = () => {
  const { t } = useTranslation();
  const [way, setWay] = useState<(typeof WAYS)[number]>("draft");
  return (
    <section className="dry-run" aria-labelledby="dry-run-title">
      <h2 id="dry-run-title">{t("dispatching>dryRun")}</h2>
      <p className="hint">{t("dispatching>dryRunNote")}</p>
      <Radio.Group
        aria-labelledby="dry-run-title"
        optionType="button"
        value={way}
        options={WAYS.map((value) => ({ value, label: t(`dispatching>way_${value}`) }))}
        onChange={({ target }) => setWay(target.value === "case" ? "case" : "draft")}
      />
      {way === "draft" ? <DryRunDraft /> : <DryRunCase />}
    </section>
  );
};
