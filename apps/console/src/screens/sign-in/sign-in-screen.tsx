import { ApiProblem } from "@onegrid/client";
import { problemWords } from "@onegrid/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../platform/queries.ts";
import { enter } from "../../platform/session.ts";
import { LanguageSwitch } from "../../routes/language-switch.tsx";
import { SampleBadge } from "../../shared/badges.tsx";

const waitOf = (error: unknown): number => {
  if (!(error instanceof ApiProblem) || error.problem.code !== "identity.locked") return 0;
  return Number(error.problem.params?.["retryAfterSeconds"] ?? 0);
};

/** Whole seconds until an instant, counted down on screen; 0 when it has passed. */
const useSecondsUntil = (untilMs: number): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
};

const SignInForm = () => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  const [lockedUntilMs, setLockedUntilMs] = useState(0);
  const attempt = useMutation({
    mutationFn: (body: { login: string; password: string }) => enter(queries, body),
    onSuccess: () => router.history.replace(`/console${next ?? "/"}`),
    onError: (error) => setLockedUntilMs(Date.now() + waitOf(error) * 1000),
  });
  const left = useSecondsUntil(lockedUntilMs);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({
      login: String(form.get("login")).trim(),
      password: String(form.get("password")),
    });
  };

  return (
    <form onSubmit={submit}>
      <label>
        {t("session>login")}
        <input name="login" autoComplete="username" required maxLength={60} autoCapitalize="none" />
      </label>
      <label>
        {t("session>password")}
        <input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
        />
      </label>
      {attempt.error && (
        <p role="alert" className="sign-in-problem">
          {left > 0 ? t("session>locked", { n: left }) : problemWords(t, attempt.error)}
        </p>
      )}
      <button type="submit" disabled={attempt.isPending || left > 0}>
        {t(attempt.isPending ? "session>signingIn" : "session>signIn")}
      </button>
    </form>
  );
};

/** The door. Kept free of antd, so that it opens fast. */
export const SignInScreen = () => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="sign-in-county">{county?.name ?? " "}</p>
        <h1>{t("session>title")}</h1>
        <SignInForm />
        {county?.sample && (
          <p className="sign-in-sample">
            <SampleBadge /> {t("session>sampleNote")}
          </p>
        )}
        <footer>
          <LanguageSwitch />
          {county?.filingNumber && <small>{county.filingNumber}</small>}
        </footer>
      </div>
    </main>
  );
};
