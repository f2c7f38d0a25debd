import type { CaseAction, CaseListItem } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { caseActionsQuery } from "../../platform/desk-queries.ts";
import { commonActions, inOrder } from "../../shared/commands.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { BulkDialog } from "./bulk-dialog.tsx";

type Props = { picked: CaseListItem[]; onDone: () => void };
type Chosen = { action: CaseAction; noteRequired: boolean; cases: CaseListItem[] };

/** What all picked cases allow, as buttons: one question to the server, however many are picked. */
export const BulkBar = ({ picked, onDone }: Props) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const ids = picked.map(({ caseId }) => caseId).toSorted();
  const { data, error, refetch } = useQuery(caseActionsQuery(ids));
  const actions = data?.length === picked.length ? inOrder(commonActions(data)) : [];
  const choose = (action: CaseAction, noteRequired: boolean) => {
    const versions = new Map(data?.map((one) => [one.caseId, one.version]));
    const cases = picked.map((c) => ({ ...c, version: versions.get(c.caseId) ?? c.version }));
    setChosen({ action, noteRequired, cases });
  };
  // Stays while its dialog is open: cases acted on leave the list, the results must not.
  if (picked.length === 0 && chosen === null) return null;
  return (
    <section className="bulk-bar" aria-label={t("bulk>title")}>
      <output>{t("bulk>picked", { n: picked.length })}</output>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {data && actions.length === 0 && <span>{t("bulk>nothingInCommon")}</span>}
      {actions.map(({ action, noteRequired }) => (
        <Button key={action} size="small" onClick={() => choose(action, noteRequired)}>
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
