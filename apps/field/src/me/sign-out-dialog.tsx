import { useState } from "react";
import { useQueueCounts } from "../queue/use-queue.ts";
import { endSession } from "../session/session-calls.ts";
import { forgetAccountData } from "../storage/forget.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

type SignOutDialogProps = { accountId: string; onClose: () => void; onSignedOut: () => void };

/** Signing out clears the account's cases from the phone; the queue stays, and that is said. */
export const SignOutDialog = ({ accountId, onClose, onSignedOut }: SignOutDialogProps) => {
  const { t } = useWords();
  const { all } = useQueueCounts(accountId);
  const [isBusy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    await endSession();
    await forgetAccountData(accountId);
    onSignedOut();
  };
  return (
    <Dialog
      title={t("me>signOutTitle")}
      onClose={onClose}
      foot={
        <div className="row">
          <Button onClick={onClose}>{t("app>cancel")}</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void leave()}>
            {t("me>signOutYes")}
          </Button>
        </div>
      }
    >
      {all > 0 && <p className="notice notice-amber">{t("me>signOutWarn", { count: all })}</p>}
      <p>{t("me>signOutPlain")}</p>
    </Dialog>
  );
};
