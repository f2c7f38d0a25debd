import type { DispatchRule } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../platform/ids.ts";
import { EmptyNote, ErrorNote, Loading } from "../../../shared/states.tsx";
import { DryRunPanel } from "./dry-run-panel.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleList } from "./rule-list.tsx";
import { rulesQuery, useNames, useOrder } from "./rule-queries.ts";
import "../../../styles/dispatching.css";

type Edited = { rule: DispatchRule | null; ruleId: string };

/** 派遣规则: who gets a filed case, asked from the top; below them a way to try it out. */
export const DispatchRules = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(rulesQuery);
  const names = useNames(data?.rules ?? []);
  const order = useOrder();
  const [edited, setEdited] = useState<Edited | null>(null);
  return (
    <section className="dispatch-rules">
      <div className="table-tools">
        <p className="hint">{t("dispatching>lead")}</p>
        {editable && (
          <Button type="primary" onClick={() => setEdited({ rule: null, ruleId: newId() })}>
            {t("dispatching>add")}
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {order.error && <ErrorNote error={order.error} />}
      {isPending && <Loading rows={4} />}
      {data?.rules.length === 0 && <EmptyNote words={t("dispatching>none")} />}
      {data && (
        <RuleList
          rules={data.rules}
          names={names}
          editable={editable}
          onEdit={(rule) => setEdited({ rule, ruleId: rule.ruleId })}
          onOrder={(ruleIds) => order.mutate({ version: data.version, ruleIds })}
        />
      )}
      <DryRunPanel />
      {edited && <RuleDialog key={edited.ruleId} {...edited} onClose={() => setEdited(null)} />}
    </section>
  );
};
