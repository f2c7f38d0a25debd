import { problemWords } from "@onegrid/ui";
import { useEffect, useState, type SubmitEvent } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icons.tsx";
import { useOnline } from "../ui/use-online.ts";
import { useWords } from "../words.ts";
import { NewPassword } from "./new-password.tsx";
import type { Remembered } from "./remembered.ts";
import { SecondStep, stepOf, type Step } from "./second-step.tsx";

type SignInFormProps = {
  /** Filled in when the same worker signs in again. */
  login?: string;
  onSignedIn: (who: Remembered) => void;
};

/** Signed in, and the password has to be changed before anything else. */
type Due = { who: Remembered; password: string };

/** Account and password, then a second factor where the server asks for one. The client and the contract are fetched while the worker types. */
export const SignInForm = ({ login = "", onSignedIn }: SignInFormProps) => {
  const { t } = useWords();
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [step, setStep] = useState<Step>();
  const [due, setDue] = useState<Due>();

  useEffect(() => {
    void import("./session-calls.ts");
  }, []);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    try {
      const { renewPassword, startSession } = await import("./session-calls.ts");
      if (due !== undefined) {
        await renewPassword(due.password, String(form.get("newPassword")));
        onSignedIn(due.who);
        return;
      }
      const proof = {
        login: String(form.get("login")).trim(),
        password: String(form.get("password")),
        ...(step && { code: String(form.get("code")).trim() }),
        ...(step?.kind === "enrol" && { enrolment: step.enrolment }),
      };
      const who = await startSession(proof);
      if (who.passwordIsDue) setDue({ who, password: proof.password });
      else onSignedIn(who);
    } catch (cause) {
      const next = stepOf(cause);
      // What a step asks for is on the screen; anything else is said.
      if (next === undefined) setError(problemWords(t, cause));
      else setStep(next);
    } finally {
      setBusy(false);
    }
  };

  if (due !== undefined) {
    return (
      <form className="sign-in-form" onSubmit={(event) => void submit(event)}>
        <NewPassword error={error} isBusy={isBusy} />
      </form>
    );
  }
  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)}>
      <Field label={t("signIn>login")}>
        {(attributes) => (
          <input
            {...attributes}
            name="login"
            defaultValue={login}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        )}
      </Field>
      <Field label={t("signIn>password")}>
        {(attributes) => (
          <input
            {...attributes}
            name="password"
            type={isShown ? "text" : "password"}
            autoComplete="current-password"
            required
          />
        )}
      </Field>
      <Button look="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {t(isShown ? "signIn>hide" : "signIn>show")}
      </Button>
      {step && <SecondStep step={step} />}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <Button type="submit" look="primary" className="button-block" isBusy={isBusy}>
        {t(isBusy ? "signIn>busy" : "signIn>submit")}
      </Button>
      <p className="weak">{t("signIn>help")}</p>
    </form>
  );
};

/** The first screen of a phone that knows nobody. */
export const SignIn = ({ onSignedIn }: Pick<SignInFormProps, "onSignedIn">) => {
  const { t } = useWords();
  const isOnline = useOnline();
  const [waiting, setWaiting] = useState(0);

  useEffect(() => {
    document.title = t("signIn>title");
    void import("../outbox/count-all.ts").then(async ({ countAll }) =>
      setWaiting(await countAll()),
    );
  }, [t]);

  return (
    <main className="sign-in">
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width="72" height="72" />
      <h1>{t("signIn>title")}</h1>
      {!isOnline && (
        <output className="notice notice-amber">
          <Icon name="offline" />
          {t("signIn>offline")}
        </output>
      )}
      {waiting > 0 && (
        <output className="notice">{t("signIn>othersWaiting", { count: waiting })}</output>
      )}
      <SignInForm onSignedIn={onSignedIn} />
      <p className="promise">{t("signIn>promise")}</p>
    </main>
  );
};
