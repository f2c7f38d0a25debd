import type { Account } from "@onegrid/contract";
import { Suspense, useEffect, useRef, useState } from "react";
import { routeOf, useHash, type Route } from "./router.ts";
import type { Remembered } from "./session/remembered.ts";
import { Banners } from "./shell/banners.tsx";
import { BottomBar } from "./shell/bottom-bar.tsx";
import { useWork } from "./sync/use-work.ts";
import { TasksScreen } from "./tasks/tasks-screen.tsx";
import { lazyScreen } from "./ui/lazy-screen.ts";
import { Skeleton } from "./ui/skeleton.tsx";
import { Toast } from "./ui/toast.tsx";
import { loadAllWords, useWords } from "./words.ts";

// The list of tasks is the start; every other screen comes when it is asked for. All of them lie on
// the phone after the first visit, so that none needs a network.
const SCREENS = {
  alerts: async () => (await import("./alerts/alerts-screen.tsx")).AlertsScreen,
  me: async () => (await import("./me/me-screen.tsx")).MeScreen,
  patrol: async () => (await import("./patrol/patrol-screen.tsx")).PatrolScreen,
  queue: async () => (await import("./queue/queue-screen.tsx")).QueueScreen,
  report: async () => (await import("./report/report-screen.tsx")).ReportScreen,
  staff: async () => (await import("./staff/staff-screen.tsx")).StaffScreen,
  task: async () => (await import("./tasks/task-screen.tsx")).TaskScreen,
  signInAgain: async () => (await import("./shell/sign-in-again.tsx")).SignInAgain,
};
const AlertsScreen = lazyScreen(SCREENS.alerts);
const MeScreen = lazyScreen(SCREENS.me);
const PatrolScreen = lazyScreen(SCREENS.patrol);
const QueueScreen = lazyScreen(SCREENS.queue);
const ReportScreen = lazyScreen(SCREENS.report);
const StaffScreen = lazyScreen(SCREENS.staff);
const TaskScreen = lazyScreen(SCREENS.task);
const SignInAgain = lazyScreen(SCREENS.signInAgain);

/** All other screens, fetched once the first one stands: a worker may lose the network right after. */
const fetchScreens = () =>
  Promise.allSettled([loadAllWords(), ...Object.values(SCREENS).map((load) => load())]);

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
    case "alerts":
      return <AlertsScreen account={account} />;
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
  useEffect(() => void fetchScreens(), []);

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
        <Suspense fallback={<Skeleton />}>
          <Screen route={route} account={account} onSignedOut={onSignedOut} />
        </Suspense>
      </main>
      <BottomBar route={route} accountId={account.accountId} />
      <Toast />
      {isSigningIn && (
        <Suspense>
          <SignInAgain
            account={account}
            onSignedIn={onSignedIn}
            onClose={() => setSigningIn(false)}
          />
        </Suspense>
      )}
    </>
  );
};

export default Workspace;
