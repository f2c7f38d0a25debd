import type { Account } from "@onegrid/contract";
import { useEffect, useRef, useState } from "react";
import { MeScreen } from "./me/me-screen.tsx";
import { PatrolScreen } from "./patrol/patrol-screen.tsx";
import { QueueScreen } from "./queue/queue-screen.tsx";
import { ReportScreen } from "./report/report-screen.tsx";
import { routeOf, useHash, type Route } from "./router.ts";
import type { Remembered } from "./session/remembered.ts";
import { Banners } from "./shell/banners.tsx";
import { BottomBar } from "./shell/bottom-bar.tsx";
import { SignInAgain } from "./shell/sign-in-again.tsx";
import { StaffScreen } from "./staff/staff-screen.tsx";
import { useWork } from "./sync/use-work.ts";
import { TaskScreen } from "./tasks/task-screen.tsx";
import { TasksScreen } from "./tasks/tasks-screen.tsx";
import { Toast } from "./ui/toast.tsx";
import { useWords } from "./words.ts";

type WorkspaceProps = {
  account: Account;
  onSignedIn: (who: Remembered) => void;
  onSignedOut: () => void;
};

type ScreenProps = Pick<WorkspaceProps, "account" | "onSignedOut"> & { route: Route };

const Screen = ({ route, account, onSignedOut }: ScreenProps) => {
  switch (route.name) {
    case "tasks":
      return <TasksScreen account={account} />;
    case "task":
      return <TaskScreen key={route.caseId} account={account} caseId={route.caseId} />;
    case "patrol":
      return <PatrolScreen account={account} />;
    case "staff":
      return <StaffScreen account={account} />;
    case "report":
      return <ReportScreen account={account} />;
    case "queue":
      return <QueueScreen account={account} />;
    case "me":
      return <MeScreen account={account} onSignedOut={onSignedOut} />;
  }
};

/** Everything a signed-in worker sees. One account's: another account mounts another one. */
const Workspace = ({ account, onSignedIn, onSignedOut }: WorkspaceProps) => {
  const { t } = useWords();
  const hash = useHash();
  const route = routeOf(hash);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const [isSigningIn, setSigningIn] = useState(false);
  useWork(account);

  useEffect(() => {
    // A new screen is read from its top; the first one is where the browser already is.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
    globalThis.scrollTo(0, 0);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for each address
  }, [hash]);

  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t("app>skip")}
      </a>
      <Banners accountId={account.accountId} onSignIn={() => setSigningIn(true)} />
      <main id="main" ref={main} tabIndex={-1}>
        <Screen route={route} account={account} onSignedOut={onSignedOut} />
      </main>
      <BottomBar route={route} accountId={account.accountId} />
      <Toast />
      {isSigningIn && (
        <SignInAgain
          account={account}
          onSignedIn={onSignedIn}
          onClose={() => setSigningIn(false)}
        />
      )}
    </>
  );
};

export default Workspace;
