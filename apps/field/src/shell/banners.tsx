import { updateNow, useUpdateReady } from "../pwa.ts";
import { useQueueCounts } from "../queue/use-queue.ts";
import { hrefOf } from "../router.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icons.tsx";
import { useOnline, useSession } from "../ui/use-online.ts";
import { useWords } from "../words.ts";

type BannersProps = { accountId: string; onSignIn: () => void };

/** What the worker must know whatever the screen: network, session, refused items, update. */
export const Banners = ({ accountId, onSignIn }: BannersProps) => {
  const { t } = useWords();
  const isOnline = useOnline();
  const { status } = useSession();
  const isUpdateReady = useUpdateReady();
  const { refused } = useQueueCounts(accountId);
  const isAway = !isOnline || status === "unreachable";
  return (
    <div className="banners">
      <output>
        {isAway && (
          <span className="notice notice-amber">
            <Icon name="offline" />
            {t(isOnline ? "banner>unreachable" : "banner>offline")}
          </span>
        )}
      </output>
      {!isAway && status === "expired" && (
        <div className="notice notice-amber" role="alert">
          <p>{t("banner>expired")}</p>
          <Button look="primary" onClick={onSignIn}>
            {t("banner>signIn")}
          </Button>
        </div>
      )}
      {refused > 0 && (
        <a className="notice notice-red" href={hrefOf({ name: "queue" })}>
          <Icon name="warn" />
          {t("banner>refused", { count: refused })}
        </a>
      )}
      {isUpdateReady && (
        <div className="notice">
          <output>{t("banner>update")}</output>
          <Button onClick={updateNow}>{t("banner>updateNow")}</Button>
        </div>
      )}
    </div>
  );
};
