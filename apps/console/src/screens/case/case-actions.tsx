import type { CaseDetail } from "@onegrid/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inOrder, isAside, isMain } from "../../shared/commands.ts";
import { ActionDialog } from "./action-dialog.tsx";

type Allowed = CaseDetail["allowed"][number];

const Buttons = (props: {
  words: string;
  actions: Allowed[];
  first: Allowed | undefined;
  onChoose: (allowed: Allowed) => void;
}) => {
  const { t } = useTranslation();
  if (props.actions.length === 0) return null;
  return (
    <fieldset className="action-group">
      <legend>{props.words}</legend>
      {props.actions.map((allowed) => (
        <Button
          key={allowed.action}
          type={allowed === props.first ? "primary" : "default"}
          onClick={() => props.onChoose(allowed)}
        >
          {t(`action>${allowed.action}`)}
        </Button>
      ))}
    </fieldset>
  );
};

/**
 * Buttons of what the signed-in account may do now, drawn from the server's answer alone: the step
 * forward first, then ways aside, then what concerns a matter beside the case.
 */
export const CaseActions = ({ shown }: { shown: CaseDetail }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Allowed | null>(null);
  const ordered = inOrder(shown.allowed);
  const forward = ordered.filter(({ action }) => !isAside(action));
  const aside = ordered.filter(({ action }) => isAside(action) && isMain(action));
  const beside = ordered.filter(({ action }) => isAside(action) && !isMain(action));
  const group = { first: forward[0], onChoose: setChosen };
  return (
    <section className="case-actions" aria-label={t("case>actions")}>
      {ordered.length === 0 && <p>{t("case>nothingToDo")}</p>}
      <Buttons words={t("case>forward")} actions={forward} {...group} />
      <Buttons words={t("case>aside")} actions={aside} {...group} />
      <Buttons words={t("case>beside")} actions={beside} {...group} />
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
