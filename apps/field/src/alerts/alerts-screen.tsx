import type { Account } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { hrefOf } from "../router.ts";
import { ScreenHead } from "../shell/screen-head.tsx";
import type { StoredAlert } from "../storage/database.ts";
import { refresh } from "../sync/use-work.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useNow } from "../ui/use-now.ts";
import { useWords } from "../words.ts";
import { isUnread, markRead, useAlerts } from "./use-alerts.ts";

const BACK = { name: "tasks" } as const;

type LineProps = { alert: StoredAlert; now: Date; onOpen: () => void };

const Line = ({ alert, now, onOpen }: LineProps) => {
  const { t } = useWords();
  const { kind, caseId, categoryName, gridName, number, raisedAt } = alert;
  return (
    <li>
      <a className="card" href={hrefOf({ name: "task", caseId })} onClick={onOpen}>
        <div className="card-line">
          <span className={kind === "emergency" ? "chip chip-red" : "chip"}>
            {t(`alert>${kind}`)}
          </span>
          {isUnread(alert) && <span className="chip chip-amber">{t("alerts>unread")}</span>}
        </div>
        <h2>{categoryName}</h2>
        <p className="weak">
          {gridName} · {number} · {agoWords(t, raisedAt, now)}
        </p>
      </a>
    </li>
  );
};

/** 提醒: what the account should see at once; from the phone's own store, so it opens offline. */
export const AlertsScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const now = useNow();
  const alerts = useAlerts(account.accountId);
  const unread = alerts?.filter(isUnread) ?? [];
  const read = async (those: readonly StoredAlert[]) => {
    await markRead(those);
    await refresh(account);
  };
  return (
    <>
      <ScreenHead title={t("alerts>title")} back={BACK}>
        {unread.length > 0 && (
          <Button look="quiet" icon="check" onClick={() => void read(unread)}>
            {t("alerts>readAll")}
          </Button>
        )}
      </ScreenHead>
      {alerts === undefined ? (
        <Skeleton />
      ) : alerts.length === 0 ? (
        <Empty icon="bell" title={t("alerts>empty")} hint={t("alerts>emptyHint")} />
      ) : (
        <ul className="cards">
          {alerts.map((alert) => (
            <Line
              key={alert.alertId}
              alert={alert}
              now={now}
              onOpen={() => void (isUnread(alert) && read([alert]))}
            />
          ))}
        </ul>
      )}
    </>
  );
};
