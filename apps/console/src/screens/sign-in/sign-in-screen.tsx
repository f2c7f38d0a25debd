import { ApiProblem } from "@onegrid/client";
import { OIDC_START } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../platform/queries.ts";
import {
  enter,
  enterByPasskey,
  sendCode,
  waysQuery,
  type SignInBody,
} from "../../platform/session.ts";
import { LanguageSwitch } from "../../routes/language-switch.tsx";
import { SampleBadge } from "../../shared/badges.tsx";
import { SecondStep, stepOf, type Step } from "./second-step.tsx";

const waitOf = (error: unknown): number => {
  if (!(error instanceof ApiProblem) || error.problem.code !== "identity.locked") return 0;
  return Number(error.problem.params?.["retryAfterSeconds"] ?? 0);
};

/** A browser's own refusal (cancelled, no key for this place) is no problem of the server's. */
const passkeyWords = (t: TFunction, error: Error): string =>
  error.name === "NotAllowedError" || error.name === "WebAuthnError"
    ? t("session>noPasskey")
    : problemWords(t, error);

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
  const { t, i18n } = useTranslation();
  const formRef = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const router = useRouter();
  const { next, problem } = useSearch({ from: "/sign-in" });
  const { data: ways } = useQuery(waysQuery);
  const [lockedUntilMs, setLockedUntilMs] = useState(0);
  const [step, setStep] = useState<Step>();
  const attempt = useMutation({
    mutationFn: (body: SignInBody) => enter(queries, body),
    onSuccess: () => router.history.replace(`/console${next ?? "/"}`),
    onError: (error) => {
      setLockedUntilMs(Date.now() + waitOf(error) * 1000);
      setStep((now) => stepOf(error) ?? now);
    },
  });
  const byPasskey = useMutation({
    mutationFn: () => enterByPasskey(queries),
    onSuccess: () => router.history.replace(`/console${next ?? "/"}`),
  });
  const sending = useMutation({
    mutationFn: sendCode,
    onMutate: () => attempt.reset(),
    onError: (error) => setLockedUntilMs(Date.now() + waitOf(error) * 1000),
  });
  const left = useSecondsUntil(lockedUntilMs);
  // What a step asks for is on screen already.
  const error =
    stepOf(attempt.error) === undefined
      ? (attempt.error ?? sending.error ?? byPasskey.error)
      : null;

  const sendToPhone = () => {
    if (formRef.current === null) return;
    const form = new FormData(formRef.current);
    sending.mutate({
      login: String(form.get("login")).trim(),
      password: String(form.get("password")),
      language: i18n.language === "en" ? "en" : "zh-CN",
    });
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({
      login: String(form.get("login")).trim(),
      password: String(form.get("password")),
      ...(step && { code: String(form.get("code")).trim() }),
      ...(step?.kind === "enrol" && { enrolment: step.enrolment }),
    });
  };

  return (
    <form ref={formRef} onSubmit={submit}>
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
      {step && (
        <SecondStep
          step={step}
          sending={{
            send: sendToPhone,
            isBusy: sending.isPending || left > 0,
            isSent: sending.isSuccess,
          }}
        />
      )}
      {!error && problem !== undefined && (
        <p role="alert" className="sign-in-problem">
          {t([`problem>${problem}`, "problem>unknown"])}
        </p>
      )}
      {error && (
        <p role="alert" className="sign-in-problem">
          {left > 0 ? t("session>locked", { n: left }) : passkeyWords(t, error)}
        </p>
      )}
      <button type="submit" disabled={attempt.isPending || left > 0}>
        {t(attempt.isPending ? "session>signingIn" : "session>signIn")}
      </button>
      {ways?.oidc && (
        <a
          className="sign-in-passkey"
          href={`${OIDC_START}${next === undefined ? "" : `?${new URLSearchParams({ next })}`}`}
        >
          {ways.oidc.label}
        </a>
      )}
      {"PublicKeyCredential" in globalThis && (
        <button
          type="button"
          className="sign-in-passkey"
          disabled={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          {t("session>byPasskey")}
        </button>
      )}
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
