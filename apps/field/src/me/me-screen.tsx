import type { Account, AccountRole } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { useState } from "react";
import { hrefOf } from "../router.ts";
import { ScreenHead } from "../shell/screen-head.tsx";
import { db } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";
import { useReference } from "../sync/use-reference.ts";
import { useTasks } from "../tasks/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { useNow } from "../ui/use-now.ts";
import { useWords } from "../words.ts";
import { DutiesPart } from "./duties-part.tsx";
import { Settings } from "./settings.tsx";
import { SignOutDialog } from "./sign-out-dialog.tsx";
import { StoragePart } from "./storage-part.tsx";

const ARRANGERS: readonly AccountRole[] = ["head", "street", "county_centre"];

type MeScreenProps = { account: Account; onSignedOut: () => void };

/** Who I am to the county, how the app looks to me, and what the phone holds. */
export const MeScreen = ({ account, onSignedOut }: MeScreenProps) => {
  const { t } = useWords();
  const now = useNow();
  const [isLeaving, setLeaving] = useState(false);
  const reference = useReference(account.accountId);
  const tasks = useTasks(account.accountId);
  const mark = useLive(() => db.marks.get(account.accountId), account.accountId);
  const { grid, county } = reference ?? {};
  const rows = [
    [t("me>account"), `${account.name}（${account.login}）`],
    [t("me>role"), t(`role>${account.role}`)],
    [t("me>scope"), account.scopeName],
    [t("me>grid"), grid?.path.join(" · ")],
    [t("me>party"), grid?.partyGroup],
    [t("me>unit"), account.unitName],
    [t("me>hotline"), county?.hotline],
  ] as const;
  return (
    <div className="me">
      <ScreenHead title={t("me>title")} />
      <dl className="facts card">
        {rows.map(
          ([term, value]) =>
            value && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {county?.sample && <p className="chip">{t("sampleData")}</p>}
      {mark?.standingIn?.map((line) => (
        <p key={line.substitutionId} className="notice">
          {t("me>standingIn", { grid: line.scopeName, to: line.endsOn })}
        </p>
      ))}
      {ARRANGERS.includes(account.role) && (
        <a className="button button-secondary button-block" href={hrefOf({ name: "staff" })}>
          <span>{t("staff>title")}</span>
        </a>
      )}
      <DutiesPart />
      <Settings />
      <StoragePart accountId={account.accountId} />
      <section className="card">
        <h2>{t("me>offlineData")}</h2>
        <p>
          {reference
            ? t("me>offlineReady", {
                categories: reference.categories.length,
                tasks: tasks?.tasks.length ?? 0,
                ago: agoWords(t, reference.readAt, now),
              })
            : t("me>offlineNone")}
        </p>
      </section>
      <Button look="danger" className="button-block" onClick={() => setLeaving(true)}>
        {t("me>signOut")}
      </Button>
      <footer className="weak">
        <p>{t("me>privacy")}</p>
        {county?.filingNumber && (
          <p>
            {t("me>filing")} {county.filingNumber}
          </p>
        )}
      </footer>
      {isLeaving && (
        <SignOutDialog
          accountId={account.accountId}
          onClose={() => setLeaving(false)}
          onSignedOut={onSignedOut}
        />
      )}
    </div>
  );
};
