import type { CaseDetail } from "@onegrid/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inOrder, isAside } from "../../shared/commands.ts";
import { ActionDialog } from "./action-dialog.tsx";

/** Buttons of what the signed-in account may do now, drawn from the server's answer alone. */
export const CaseActions = ({ shown }: { shown: CaseDetail }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<CaseDetail["allowed"][number] | null>(null);
  const ordered = inOrder(shown.allowed);
  return (
    <section className="case-actions" aria-label={t("case>actions")}>
      {ordered.length === 0 && <p>{t("case>nothingToDo")}</p>}
      {ordered.map((allowed, index) => (
        <Button
          key={allowed.action}
          type={index === 0 && !isAside(allowed.action) ? "primary" : "default"}
          onClick={() => setChosen(allowed)}
        >
          {t(`action>${allowed.action}`)}
        </Button>
      ))}
      {chosen && (
        <ActionDialog
          key={chosen.action}
          shown={shown}
          allowed={chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
};
