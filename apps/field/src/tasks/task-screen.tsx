import type { Account, CaseDetail } from "@onegrid/contract";
import { dueWords, instantWords } from "@onegrid/ui";
import { useEffect } from "react";
import { CasePhotos } from "../photos/case-photos.tsx";
import { EmergencyCalls } from "../report/emergency-calls.tsx";
import { ScreenHead } from "../shell/screen-head.tsx";
import { readCase } from "../sync/read-tasks.ts";
import { useReference } from "../sync/use-reference.ts";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icons.tsx";
import { Light } from "../ui/light.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useNow } from "../ui/use-now.ts";
import { useWords } from "../words.ts";
import { withWaiting } from "./predict.ts";
import { TaskActions } from "./task-actions.tsx";
import { TaskLog } from "./task-log.tsx";
import { TaskPlace } from "./task-place.tsx";
import { useTask } from "./use-tasks.ts";

const BACK = { name: "tasks" } as const;

type FactsProps = { detail: CaseDetail; timeZone: string; now: Date };

const Facts = ({ detail, timeZone, now }: FactsProps) => {
  const { t } = useWords();
  const rows = [
    [t("task>number"), detail.number],
    [
      t("task>due"),
      detail.dueAt === null
        ? dueWords(t, null, now)
        : `${instantWords(detail.dueAt, timeZone)}（${dueWords(t, detail.dueAt, now)}）`,
    ],
    [t("task>holder"), detail.holderName ?? "—"],
    [t("task>source"), t(`source>${detail.source}`)],
  ] as const;
  return (
    <dl className="facts">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** One case: what and where it is, what happened, and what the worker may do now. */
export const TaskScreen = ({ account, caseId }: { account: Account; caseId: string }) => {
  const { t } = useWords();
  const now = useNow();
  const known = useTask(account.accountId, caseId);
  const timeZone = useReference(account.accountId)?.county.timeZone ?? "Asia/Shanghai";
  const isUnknown = known?.stored === null;
  useEffect(() => {
    // An alert or a receipt may lead to a case that is not among the tasks. Quiet offline: the
    // screen says that it is not here.
    if (isUnknown) readCase(account.accountId, caseId).catch(() => {});
  }, [isUnknown, account.accountId, caseId]);
  if (known === undefined) {
    return (
      <>
        <ScreenHead title={t("task>title")} back={BACK} />
        <Skeleton />
      </>
    );
  }
  const { stored, waiting } = known;
  const seen = stored?.detail ? withWaiting(stored.detail, waiting) : null;
  const item = seen ?? stored?.item;
  if (item === undefined) {
    return (
      <>
        <ScreenHead title={t("task>title")} back={BACK} />
        <Empty icon="check" title={t("task>gone")} hint={t("task>goneHint")} />
      </>
    );
  }
  return (
    <article className="task">
      <ScreenHead title={item.categoryName} back={BACK} />
      <div className="card-line">
        <Light of={item} now={now} />
        <span className="chip">{t(`state>${item.state}`)}</span>
        <span className="chip">{t(`net>${item.net}`)}</span>
        {item.sample && <span className="chip">{t("sampleData")}</span>}
      </div>
      {waiting.length > 0 && (
        <p className="notice notice-amber">
          <Icon name="queue" />
          {t("banner>waiting", { count: waiting.length })}
        </p>
      )}
      {item.emergency && <EmergencyCalls />}
      <p className="task-words">{item.description}</p>
      {seen === null ? (
        <Empty icon="offline" title={t("task>detailMissing")} />
      ) : (
        <>
          {seen.attachmentIds.length > 0 && <CasePhotos attachmentIds={seen.attachmentIds} />}
          <TaskPlace account={account} detail={seen} />
          <Facts detail={seen} timeZone={timeZone} now={now} />
          <TaskLog events={seen.events} timeZone={timeZone} />
          <TaskActions account={account} detail={seen} />
        </>
      )}
    </article>
  );
};
