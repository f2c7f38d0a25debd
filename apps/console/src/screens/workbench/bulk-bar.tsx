import type { CaseAction, CaseDetail } from "@onegrid/contract";
import { useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { caseQuery } from "../../platform/queries.ts";
import { commonActions, inOrder } from "../../shared/commands.ts";
import { BulkDialog } from "./bulk-dialog.tsx";

type Props = { picked: string[]; onDone: () => void };
type Chosen = { action: CaseAction; noteRequired: boolean; cases: CaseDetail[] };

/** What all picked cases allow, as buttons. */
export const BulkBar = ({ picked, onDone }: Props) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const results = useQueries({ queries: picked.map((caseId) => caseQuery(caseId)) });
  const cases = results.flatMap(({ data }) => (data ? [data] : []));
  const ready = cases.length === picked.length;
  const actions = ready ? inOrder(commonActions(cases)) : [];
  // Stays while its dialog is open: cases acted on leave the list, the results must not.
  if (picked.length === 0 && chosen === null) return null;
  return (
    <section className="bulk-bar" aria-label={t("bulk>title")}>
      <output>{t("bulk>picked", { n: picked.length })}</output>
      {ready && actions.length === 0 && <span>{t("bulk>nothingInCommon")}</span>}
      {actions.map(({ action, noteRequired }) => (
        <Button
          key={action}
          size="small"
          onClick={() => setChosen({ action, noteRequired, cases })}
        >
          {t(`action>${action}`)}
        </Button>
      ))}
      <Button size="small" type="text" onClick={onDone}>
        {t("bulk>clear")}
      </Button>
      {chosen && (
        <BulkDialog
          {...chosen}
          onClose={(finished) => {
            setChosen(null);
            if (finished) onDone();
          }}
        />
      )}
    </section>
  );
};
