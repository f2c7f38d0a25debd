import { Component, lazy, Suspense, useCallback, useState, type ReactNode } from "react";
import { forget, remembered, type Remembered } from "./session/remembered.ts";
import { Button } from "./ui/button.tsx";
import { lazyScreen } from "./ui/lazy-screen.ts";
import { Skeleton } from "./ui/skeleton.tsx";
import { useWords } from "./words.ts";

/** Everything behind the sign-in: database, outbox, contract. Loaded beside the first paint. */
const Workspace = lazy(() => import("./workspace.tsx"));
/** A phone that knows its worker needs no door. */
const SignIn = lazyScreen(async () => (await import("./session/sign-in.tsx")).SignIn);

const Crashed = () => {
  const { t } = useWords();
  return (
    <main className="crashed">
      <h1>{t("app>crashed")}</h1>
      <p>{t("app>crashedHint")}</p>
      <Button look="primary" onClick={() => location.reload()}>
        {t("app>reopen")}
      </Button>
    </main>
  );
};

/** A defect in a screen must not leave a white page: the queue is safe, and the worker is told. */
class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError() {
    return { isBroken: true };
  }
  override render() {
    return this.state.isBroken ? <Crashed /> : this.props.children;
  }
}

export const App = () => {
  const [who, setWho] = useState<Remembered | null>(remembered);
  const signOut = useCallback(() => {
    forget();
    setWho(null);
  }, []);
  return (
    <Boundary>
      <Suspense fallback={<Skeleton rows={4} />}>
        {who === null ? (
          <SignIn onSignedIn={setWho} />
        ) : (
          <Workspace
            key={who.account.accountId}
            account={who.account}
            onSignedIn={setWho}
            onSignedOut={signOut}
          />
        )}
      </Suspense>
    </Boundary>
  );
};
