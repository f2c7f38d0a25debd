import type { Account, CaseAction, CaseDetail } from "@onegrid/contract";
import { useState } from "react";
import { enqueueAction } from "../outbox/enqueue.ts";
import { kickSender } from "../outbox/run-sender.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { say } from "../ui/toast.tsx";
import { useWords } from "../words.ts";
import { ActionSheet, type Given } from "./action-sheet.tsx";
import { AT_DESK } from "./details.ts";

/** The way forward, in the order of the work; the rest stands behind "more". */
const FORWARD: readonly CaseAction[] = [
  "checked",
  "sign",
  "handle",
  "feed_back",
  "sign_sub_task",
  "finish_sub_task",
  "answer_supervision",
  "arrive",
  "verify",
  "file",
  "close",
];
/** Done by one tap: nothing has to be said. */
const ONE_TAP: readonly CaseAction[] = ["sign", "handle", "file", "close"];
const NOTHING: Given = { note: null, details: null, photos: [] };

type TaskActionsProps = { account: Account; detail: CaseDetail };

/** What the worker may do now: the next steps as big buttons under the thumb. */
export const TaskActions = ({ account, detail }: TaskActionsProps) => {
  const { t } = useWords();
  const [open, setOpen] = useState<CaseAction>();
  const [isMoreOpen, setMoreOpen] = useState(false);
  const here = detail.allowed.filter(({ action }) => !AT_DESK.includes(action));
  const forward = FORWARD.filter((action) => here.some((a) => a.action === action));
  const others = here.filter(({ action }) => !FORWARD.includes(action));

  const take = async (action: CaseAction, given: Given) => {
    await enqueueAction(account.accountId, detail, action, given);
    setOpen(undefined);
    kickSender();
    say(t("task>queued"));
  };
  const press = (action: CaseAction) => {
    setMoreOpen(false);
    if (ONE_TAP.includes(action)) void take(action, NOTHING);
    else setOpen(action);
  };

  const allowed = here.find((a) => a.action === open);
  return (
    <div className="actions">
      {here.length === 0 && (
        <p className="weak">{t(detail.allowed.length > 0 ? "task>atDesk" : "task>notYours")}</p>
      )}
      {forward.map((action, i) => (
        <Button
          key={action}
          look={i === 0 ? "primary" : "secondary"}
          className="button-big"
          onClick={() => press(action)}
        >
          {t(`action>${action}`)}
        </Button>
      ))}
      {others.length > 0 && (
        <Button look="quiet" className="button-big" onClick={() => setMoreOpen(true)}>
          {t("app>more")}
        </Button>
      )}
      {isMoreOpen && (
        <Dialog title={t("app>more")} onClose={() => setMoreOpen(false)}>
          <div className="stack">
            {others.map(({ action }) => (
              <Button key={action} className="button-block" onClick={() => press(action)}>
                {t(`action>${action}`)}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
      {open && allowed && (
        <ActionSheet
          key={open}
          account={account}
          detail={detail}
          allowed={allowed}
          onClose={() => setOpen(undefined)}
          onSubmit={(given) => take(open, given)}
        />
      )}
    </div>
  );
};
