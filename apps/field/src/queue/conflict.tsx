import type { Account } from "@onegrid/contract";
import { useEffect } from "react";
import type { CommandItem } from "../outbox/item.ts";
import { readCase } from "../sync/read-tasks.ts";
import { useTask } from "../tasks/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words.ts";

type ConflictProps = { account: Account; item: CommandItem; onCorrect: () => void };

/** Somebody was faster: what the worker saw and did, beside the case as it is now. */
export const Conflict = ({ account, item, onCorrect }: ConflictProps) => {
  const { t } = useWords();
  const { accountId } = account;
  const { caseId, command, seenState } = item;
  const known = useTask(accountId, caseId);
  const present = known?.stored?.detail ?? null;
  const isFresh = present !== null && present.version > command.baseVersion;

  useEffect(() => {
    // Without a network the present stays unknown, and the screen says so.
    readCase(accountId, caseId).catch(() => {});
  }, [accountId, caseId]);

  const last = present?.events.at(-1);
  const mayStill = present?.allowed.some((a) => a.action === command.action) ?? false;
  return (
    <div className="versions">
      <div>
        <h3>{t("queue>yours")}</h3>
        <p>{t(`state>${seenState}`)}</p>
        <p className="weak">
          {t("queue>youDid")}：{t(`action>${command.action}`)}
        </p>
        {command.note && <p className="weak">{command.note}</p>}
      </div>
      <div>
        <h3>{t("queue>present")}</h3>
        {isFresh ? (
          <>
            <p>{t(`state>${present.state}`)}</p>
            {last && (
              <p className="weak">
                {t("queue>by", {
                  who: last.actorName ?? t(`role>${last.actorRole}`),
                  what: t(`event>${last.kind}`),
                })}
              </p>
            )}
            {last?.note && <p className="weak">{last.note}</p>}
            {mayStill ? (
              <Button look="primary" onClick={onCorrect}>
                {t("queue>resendNow")}
              </Button>
            ) : (
              <p>{t("queue>nowNotAllowed")}</p>
            )}
          </>
        ) : (
          <p className="weak">{t("queue>noPresent")}</p>
        )}
      </div>
    </div>
  );
};
