import { CASE_SOURCES, dryRunDispatch, type CaseSource, type LngLat } from "@onegrid/contract";
import { useMutation } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../platform/client.ts";
import { CategorySelect } from "../../../shared/category-select.tsx";
import { ErrorNote } from "../../../shared/states.tsx";
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

/** Which rule would take a case, and why not the ones before it. */
export const DryRunPanel = () => {
  const { t } = useTranslation();
  const streets = useStreets();
  const run = useDryRun();
  const [draft, setDraft] = useState<Draft>({ source: "worker" });
  const { data } = run;
  return (
    <section className="dry-run" aria-labelledby="dry-run-title">
      <h2 id="dry-run-title">{t("dispatching>dryRun")}</h2>
      <p className="hint">{t("dispatching>dryRunNote")}</p>
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
      {data && (
        <output className="dry-run-answer block">
          <p>
            {t("dispatching>goesTo", { place: data.gridName, holder: data.target.holderName })}
            <strong>{data.takenBy ?? t("dispatching>byAuthorityList")}</strong>
          </p>
          <ol>
            {data.verdicts.map(({ ruleId, name, verdict, unmet, faults }) => (
              <li key={ruleId} className={`verdict-${verdict}`}>
                {name} — {t(`dispatching>verdict_${verdict}`)}
                {unmet.length > 0 &&
                  `：${unmet.map((condition) => t(`dispatching>if_${condition}`)).join("、")}`}
                {faults.length > 0 &&
                  `：${faults.map(({ code, found }) => t(`dispatching>fault_${code}`, { found })).join("、")}`}
              </li>
            ))}
          </ol>
        </output>
      )}
    </section>
  );
};
