import type { Account } from "@onegrid/contract";
import { useQueueCounts } from "../queue/use-queue.ts";
import type { Remembered } from "../session/remembered.ts";
import { SignInForm } from "../session/sign-in.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

type SignInAgainProps = {
  account: Account;
  onSignedIn: (who: Remembered) => void;
  onClose: () => void;
};

/** Signing in again in place: what is on the screen and in the queue stays. */
export const SignInAgain = ({ account, onSignedIn, onClose }: SignInAgainProps) => {
  const { t } = useWords();
  const { all } = useQueueCounts(account.accountId);
  return (
    <Dialog title={t("signIn>again")} onClose={onClose}>
      <p>{t("signIn>againHint", { count: all })}</p>
      <SignInForm
        login={account.login}
        onSignedIn={(who) => {
          onClose();
          onSignedIn(who);
        }}
      />
    </Dialog>
  );
};
