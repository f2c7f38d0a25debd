import { hrefOf } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";
import { isUnread, useAlerts } from "./use-alerts.ts";

/** 提醒: how many are not read yet, and the way to them. */
export const Bell = ({ accountId }: { accountId: string }) => {
  const { t } = useWords();
  const unread = useAlerts(accountId)?.filter(isUnread).length ?? 0;
  return (
    <a
      className="icon-button bell"
      href={hrefOf({ name: "alerts" })}
      aria-label={t("tasks>bell", { count: unread })}
    >
      <Icon name="bell" />
      {unread > 0 && <span className="badge">{unread > 99 ? "99+" : unread}</span>}
    </a>
  );
};
