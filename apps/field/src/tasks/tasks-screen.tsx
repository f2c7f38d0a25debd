import type { Account } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { useState } from "react";
import { Bell } from "../alerts/bell.tsx";
import { ScreenHead } from "../shell/screen-head.tsx";
import { refresh } from "../sync/use-work.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useNow } from "../ui/use-now.ts";
import { useSession } from "../ui/use-online.ts";
import { useWords } from "../words.ts";
import { TaskCard } from "./task-card.tsx";
import { groupOf, GROUPS, useTasks, type Task } from "./use-tasks.ts";

const TaskGroups = ({ tasks, now }: { tasks: readonly Task[]; now: Date }) => {
  const { t } = useWords();
  return GROUPS.map((group) => {
    const inside = tasks.filter(({ item }) => groupOf(item, now) === group);
    if (inside.length === 0) return null;
    return (
      <section key={group} className="task-group" aria-labelledby={`group-${group}`}>
        <h2 id={`group-${group}`}>
          {t(`tasks>${group}`)} <span className="weak">{inside.length}</span>
        </h2>
        <ul>
          {inside.map((task) => (
            <TaskCard key={task.item.caseId} task={task} now={now} />
          ))}
        </ul>
      </section>
    );
  });
};

/** 我的待办: what waits for me, by deadline; from the phone's own store, so it opens offline. */
export const TasksScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const now = useNow();
  const known = useTasks(account.accountId);
  const { status } = useSession();
  const [isReading, setReading] = useState(false);
  const readAgain = async () => {
    setReading(true);
    await refresh(account).finally(() => setReading(false));
  };
  const isFirstRead = known?.readAt === null && (status === "unknown" || status === "valid");
  return (
    <>
      <ScreenHead title={t("tasks>title")}>
        <Bell accountId={account.accountId} />
        <Button icon="refresh" look="quiet" isBusy={isReading} onClick={() => void readAgain()}>
          {t(isReading ? "tasks>refreshing" : "tasks>refresh")}
        </Button>
      </ScreenHead>
      <p className="weak under-head">
        {account.scopeName}
        {known?.readAt && ` · ${t("tasks>readAt", { ago: agoWords(t, known.readAt, now) })}`}
      </p>
      {known === undefined || isFirstRead ? (
        <Skeleton rows={4} />
      ) : known.readAt === null ? (
        <Empty icon="offline" title={t("tasks>never")} />
      ) : known.tasks.length === 0 ? (
        <Empty icon="check" title={t("tasks>empty")} hint={t("tasks>emptyHint")} />
      ) : (
        <TaskGroups tasks={known.tasks} now={now} />
      )}
    </>
  );
};
